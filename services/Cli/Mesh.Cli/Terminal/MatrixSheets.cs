using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>How a consensus matrix is laid out.</summary>
internal static class MatrixSheets
{
    public const string Legend = "Per cent: judged probability that the technique fails when the failure mode obtains, and its 90% "
        + "interval. 1 org.: ratings of one organisation only. contested: organisations disagree.";

    public static string Heading(MatrixView view) =>
        $"{Show.Heading(view.Study, view.Label, view.Version)}, lens {view.Method}, {view.RatedCells} of {view.Cells} cells rated";

    /// <summary>What the matrix rests on and where its raters differ, in words.</summary>
    public static IEnumerable<string> Words(MatrixOverview overview)
    {
        var (coverage, agreement) = (overview.Coverage, overview.Agreement);
        yield return $"{coverage.Raters} raters of {coverage.Organisations} organisations; {coverage.SingleSource} cells by one "
            + $"organisation only, {coverage.Contested} contested, {coverage.WithStale} with stale ratings.";
        if (agreement.Ordinal is { } alpha)
            yield return $"Agreement of verdicts: alpha {Show.Share(alpha)} of raters"
                + (agreement.BetweenOrganisations is { } between ? $", {Show.Share(between)} of organisations." : ".");
        if (overview.Divisive.Count > 0)
            yield return "Raters differ most in " + string.Join(", ", overview.Divisive.Take(3).Select(
                cell => $"{cell.Technique} x {cell.FailureMode} ({Show.Share(cell.Disagreement.Total)})")) + ".";
    }

    /// <summary>Techniques as rows, failure modes as columns.</summary>
    public static Sheet Grid(MatrixView view)
    {
        var cells = view.Consensus.ToDictionary(cell => (cell.Technique, cell.FailureMode));
        var sheet = new Sheet(["technique", .. view.FailureModes.Select(mode => mode.Id)]);
        foreach (var technique in view.Techniques)
            sheet.Add([technique.Id, .. view.FailureModes.Select(mode => Cell(cells[(technique.Id, mode.Id)]))]);
        return sheet;
    }

    /// <summary>One row per cell, with all digits.</summary>
    public static Sheet Tidy(MatrixView view)
    {
        var sheet = new Sheet(
            "study", "version", "lens", "technique", "failure_mode", "status", "verdict", "raters", "organisations", "mean", "sd", "median",
            "lower90", "upper90", "p_resistant", "p_uncertain", "p_vulnerable", "tau");
        foreach (var cell in view.Consensus)
            sheet.Add(
                view.Study, Show.Count(view.Version), view.Lens, cell.Technique, cell.FailureMode, cell.Status, cell.Verdict ?? "",
                Show.Count(cell.Raters), Show.Count(cell.Organisations), Show.Exact(cell.Mean), Show.Exact(cell.Sd), Show.Exact(
                    cell.Median),
                Show.Exact(cell.Lower90), Show.Exact(cell.Upper90), Show.Exact(cell.PResistant), Show.Exact(cell.PUncertain),
                Show.Exact(cell.PVulnerable), Show.Exact(cell.Tau));
        return sheet;
    }

    private static string Cell(ConsensusCell cell)
    {
        var interval = cell.Lower90 is null ? "" : "\n" + Show.Interval(cell.Lower90, cell.Upper90);
        return $"{Show.Percent(cell.Mean)}{interval}\n{Status(cell.Status)}";
    }

    /// <summary>A cell's status in few letters.</summary>
    public static string Status(string status) => status switch
    {
        "no_data" => "no data",
        "single_source" => "1 org.",
        "ok" => "ok",
        var other => other,
    };
}
