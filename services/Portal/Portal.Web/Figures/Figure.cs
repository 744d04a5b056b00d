using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;
using Microsoft.AspNetCore.Components;

namespace AlignmentMesh.Portal.Web.Figures;

/// <summary>A figure with everything that goes with it wherever it is shown: on a page, in a file, as a table.</summary>
/// <param name="Name">Its name in addresses, e.g. <c>matrix</c>.</param>
/// <param name="Reads">One sentence: how to read it.</param>
/// <param name="Picture">Component that draws it; it has one parameter <c>Figure</c> of this type and one <c>IsFile</c>.</param>
public abstract record Figure(
    Bound Bound, string Name, string Title, string Reads, IReadOnlyList<LegendItem> Legend, FigureTable Table, Type Picture)
{
    /// <summary>Parameters of its address beside version and lens.</summary>
    public IReadOnlyList<(string Name, string? Value)> Query { get; init; } = [];

    /// <summary>A sentence that has to stand with the numbers, e.g. that they are no frequencies.</summary>
    public string? Caution { get; init; }

    /// <summary>The lens whose numbers it shows, in its files too; that of the page where it follows the page's.</summary>
    public string Lens { get; init; } = Bound.Matrix!.Lens;

    public string File(string extension) => Bound.Permalink($"figures/{Name}.{extension}", [.. Query]);

    /// <summary>What a file says about itself, in lines.</summary>
    public IEnumerable<string> Stamp
    {
        get
        {
            var matrix = Bound.Matrix!;
            if (Bound.Label is { } label) yield return $"{char.ToUpperInvariant(label[0])}{label[1..]}.";
            if (Caution is not null) yield return Caution;
            var version = $"version {Show.Count(matrix.Version)} of {Show.Time(matrix.AsOf)}";
            yield return $"{Bound.Title} ({Bound.Study}), {version}, lens {Lens}";
            yield return $"sha256:{matrix.Digest}";
            yield return "AlignmentMesh. Rating scheme after Dung & Mai (2025), arXiv:2510.11235.";
        }
    }

    public RenderFragment Draw(bool isFile) => builder =>
    {
        builder.OpenComponent(0, Picture);
        builder.AddAttribute(1, "Figure", this);
        builder.AddAttribute(2, "IsFile", isFile);
        builder.CloseComponent();
    };
}

/// <summary>One entry of a legend.</summary>
/// <param name="Text">In words; the mark alone never says it.</param>
public sealed record LegendItem(Mark Mark, string Text);

/// <summary>A sample of what a figure draws, for its legend.</summary>
/// <param name="Shape">One that <see cref="MarkShape"/> draws, e.g. <c>cell</c>, <c>bar</c>, <c>dot</c>.</param>
public sealed record Mark(string Shape, string Color, CellView? Cell = null);
