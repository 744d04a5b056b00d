using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Reading;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>A study of any size as the services would tell it.</summary>
internal static class Scene
{
    public const string Study = "scene";
    public const string Digest = "6c38cc7f85e8fe4a0a72d4f335d70a75d4725488731238c08affd68b8c9678bf";

    public static IReadOnlyList<CatalogueItem> Techniques(int count) => Items("T", "Technique", count);

    public static IReadOnlyList<CatalogueItem> FailureModes(int count) => Items("F", "Failure mode", count);

    /// <summary>Cells with means spread over 0..1, some contested, some thin, some without ratings.</summary>
    public static MatrixView Matrix(
        int techniques = 3, int modes = 4, long version = 12, string? label = null, string lens = "rohl-1",
        Func<int, int, ConsensusCell>? cell = null)
    {
        var cells = (
            from i in Enumerable.Range(0, techniques)
            from j in Enumerable.Range(0, modes)
            select cell?.Invoke(i, j) ?? Cell(i, j, (i * modes + j) / (double)(techniques * modes))).ToArray();
        return new MatrixView(
            Study, label, version, new string('a', 64), "2026-11-23T17:00:00.000000Z", lens, lens, Digest, true,
            cells.Count(one => one.Mean is not null), cells.Length, Techniques(techniques), FailureModes(modes),
            [new("Both", ["T1", "T2"])],
            [.. FailureModes(modes).Select(mode => new ConsensusQuantity(mode.Id, 0.1, null, null, 0, 0, true))],
            [.. Techniques(techniques).Select(technique => new ConsensusQuantity(technique.Id, 0.2, 0.1, 0.3, 2, 4, false))],
            cells, Overview(cells), []);
    }

    public static ConsensusCell Cell(
        int i, int j, double? mean, string status = "ok", int raters = 5, double width = 0.1) => new(
        $"T{i + 1}", $"F{j + 1}", mean is null ? 0 : raters, mean is null ? 0 : Math.Max(1, raters / 2), mean, mean is null ? null : 0.05,
        mean, mean is null ? null : Math.Max(0, mean.Value - width / 2), mean is null ? null : Math.Min(1, mean.Value + width / 2), null,
        null, null, null, mean is null ? null : "vulnerable", mean is null ? "no_data" : status);

    /// <summary>The matrix with one cell that divides its raters.</summary>
    public static MatrixView Divided()
    {
        var matrix = Matrix();
        return matrix with
        {
            Overview = matrix.Overview! with
            {
                Divisive = [new("T1", "F1", new(0.7, 0.4, 1.1, 0.9), "uncertain", "contested", 3, 6)],
            },
        };
    }

    public static StudyView View(string title = "A scene", string? label = null, params RoundView[] rounds) => new(
        Study, title, "owner", label, "open", 3, new Catalogue(Techniques(3), FailureModes(4), []),
        [new("org-a", "Organisation A", "admitted")], rounds);

    public static Bound Bound(MatrixView? matrix = null, bool isPinned = true) => new(
        Study, matrix?.Lens ?? "rohl-1", isPinned, View(label: matrix?.Label), matrix ?? Matrix(), null, []);

    /// <summary>The services tell of this matrix, as the newest and by its version.</summary>
    public static void Tell(FakeServices services, MatrixView matrix, StudyView? view = null)
    {
        services.Say(FakeServices.Intake, $"studies/{Study}", view ?? View(label: matrix.Label));
        services.Say(FakeServices.Intake, $"ledger/{Study}", new TreeHead(Study, matrix.Version, matrix.Root, "c2lnbmVk"));
        services.Say(FakeServices.Matrix, $"studies/{Study}/matrix?lens={matrix.Lens}", matrix);
        services.Say(FakeServices.Matrix, $"studies/{Study}/matrix?version={matrix.Version}&lens={matrix.Lens}", matrix);
    }

    private static MatrixOverview Overview(ConsensusCell[] cells) => new(
        new MatrixCoverage(cells.Length, cells.Count(cell => cell.Mean is not null), 0, cells.Count(cell => cell.Status == "contested"),
            0, 4, 0, 3, 3, 4, 9),
        new AgreementSummary("agreement-1", 4, 0.8, 0.7, null, 0.6, 0.5, new Dictionary<string, string> { ["interval"] = "no_variation" }),
        [],
        [.. cells.Select((cell, i) => cell.Mean is null ? null : Differ(0.01 * (i % 50)))]);

    private static DisagreementFigures Differ(double between) => new(between, 0.02, between + 0.02, 0);

    private static CatalogueItem[] Items(string id, string name, int count) =>
        [.. Enumerable.Range(1, count).Select(n => new CatalogueItem($"{id}{n}", $"{name} {n}", $"The definition of {name} {n}."))];
}
