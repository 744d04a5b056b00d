using AlignmentMesh.Portal.Web.Figures;

namespace AlignmentMesh.Portal.Web.Matrix;

/// <summary>The legends of the matrix's views.</summary>
internal static class MatrixLegends
{
    public static IReadOnlyList<LegendItem> Value { get; } =
    [
        .. Steps(Palette.Value, "0–19%", "20–39%", "40–59%", "60–79%", "80–100%"),
        Sample(new CellView("", "", Palette.Value[2]), "90% interval narrower than 20 points"),
        Sample(new CellView("", "", Palette.Value[2], 88), "20 to 29 points wide"),
        Sample(new CellView("", "", Palette.Value[2], 75), "30 to 44"),
        Sample(new CellView("", "", Palette.Value[2], 62), "45 or wider"),
        Sample(new CellView("≠", "", Palette.Value[2], IsContested: true), "contested: organisations differ"), Thin, None,
    ];

    public static IReadOnlyList<LegendItem> Disagreement { get; } =
    [
        .. Steps(Palette.Disagreement, "0–4%", "5–9%", "10–19%", "20–34%", "35% or more"),
        Sample(new CellView("≠", "", Palette.Disagreement[1], IsContested: true), "contested"), Thin, None,
    ];

    public static IReadOnlyList<LegendItem> Coverage { get; } =
        [.. Steps(Palette.Coverage, "1 rater", "2", "3–5", "6–9", "10 or more"), Thin, None];

    public static IReadOnlyList<LegendItem> Change { get; } =
    [
        .. Steps(Palette.Change, "−21 points or less", "−5 to −20", "−4 to +4, or new", "+5 to +20", "+21 or more"),
        Sample(new CellView("", "", Palette.Change[2], IsMarked: true), "another verdict than before"),
        Sample(new CellView("·", "", Palette.Change[2], 62), "no change"),
    ];

    public static LegendItem Marked => Sample(new CellView("", "", Palette.None with { Fill = "#ffffff" }, IsMarked: true), "changed here");

    private static LegendItem Thin => Sample(new CellView("", "", Palette.Value[0], IsThin: true), "fewer than 3 raters");

    private static LegendItem None => Sample(new CellView("–", "", Palette.None), "no number; the cell says why");

    private static IEnumerable<LegendItem> Steps(IReadOnlyList<Swatch> scale, params string[] names) =>
        scale.Zip(names, (swatch, name) => Sample(new CellView("", "", swatch), name));

    private static LegendItem Sample(CellView cell, string text) => new(new Mark("cell", "", cell), text);
}
