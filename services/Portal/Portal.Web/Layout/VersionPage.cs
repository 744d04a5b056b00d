using System.Globalization;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;
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

    /// <summary>
    /// A whole number of the address; null where it names none, and where it names none of these, which the page then says and answers
    /// with 400.
    /// </summary>
    protected long? Number(string name, string? text, long least, long most)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Refuse(name, text, $"a whole number from {Show.Count(least)} to {Show.Count(most)}");
        return null;
    }

    /// <summary>The page says what the parameter may be, and shows what it shows without it.</summary>
    protected void Refuse(string name, string? text, string allowed)
    {
        var refused = new Missing(
            "portal", MissingKind.Refused, "A parameter is out of range", $"{name} is '{text}'; allowed: {allowed}.");
        Bound = Bound with { Missing = [.. Bound.Missing, refused] };
        SetStatus(refused);
    }

    /// <summary>Reads what else the page shows.</summary>
    protected virtual Task LoadMoreAsync() => Task.CompletedTask;
}
