using AlignmentMesh.Portal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace AlignmentMesh.Portal.Web.Layout;

/// <summary>A page about one version of one study's matrix.</summary>
public abstract class VersionPage : LoadedPage
{
    [Parameter] public string Study { get; set; } = "";

    [SupplyParameterFromQuery(Name = "v")] public string? V { get; set; }

    [SupplyParameterFromQuery(Name = "lens")] public string? Lens { get; set; }

    [Inject] private VersionReader Versions { get; set; } = null!;

    /// <summary>What the page is about; its matrix is there whenever <see cref="LoadMoreAsync"/> is called.</summary>
    protected Bound Bound { get; private set; } = null!;

    /// <summary>The version that the address names, if any.</summary>
    protected virtual string? Asked => V;

    protected sealed override async Task LoadAsync()
    {
        Bound = await Versions.ReadAsync(Study, Asked, Lens, Token);
        if (Bound.Matrix is null)
            SetStatus(Bound.Missing[0]);
        else
            await LoadMoreAsync();
    }

    /// <summary>Reads what else the page shows.</summary>
    protected virtual Task LoadMoreAsync() => Task.CompletedTask;
}
