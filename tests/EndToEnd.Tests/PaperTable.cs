using AlignmentMesh.Contracts;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>Table 1 of Dung and Mai 2025 (arXiv 2510.11235) as one expert's sheet: x vulnerable, o resistant, ? uncertain.</summary>
internal static class PaperTable
{
    private static readonly string[] Modes = ["S-TAX", "CAP-DEV", "DEC-AL", "COLL", "EM-MIS", "EVAL-DIFF", "AL-GEN"];

    private static readonly (string Technique, string Row)[] Rows =
    [
        ("RLHF", "oxxoxxx"), ("RLAIF", "oxxxxxx"), ("W2S", "oxxxxxx"), ("Debate", "?xoxxxx"), ("RE", "ooxooox"), ("ScientistAI", "x?o?ooo"),
        ("IDA", "xooooox"),
    ];

    public static Catalogue Catalogue { get; } = new(
        [.. Rows.Select(row => new CatalogueItem(row.Technique, row.Technique, row.Technique))],
        [.. Modes.Select(mode => new CatalogueItem(mode, mode, mode))],
        [new("RLHF pipeline", ["RLHF", "RLAIF", "W2S"]), new("Debate and RE", ["Debate", "RE"])]);

    public static IReadOnlyList<RatingItem> Sheet { get; } =
    [
        .. Rows.SelectMany(row => row.Row.Select((mark, j) => new RatingItem(row.Technique, Modes[j], mark switch
        {
            'x' => "vulnerable",
            'o' => "resistant",
            _ => "uncertain",
        }))),
    ];
}
