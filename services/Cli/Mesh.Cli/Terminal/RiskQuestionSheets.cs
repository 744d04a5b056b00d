using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>How the service's answers about the risk of a version are laid out.</summary>
internal static class RiskQuestionSheets
{
    /// <summary>What matters little is in the JSON and in the CSV.</summary>
    private const int MostCells = 12;

    public static void Write(Shell shell, RiskFrontier answer, string lens)
    {
        shell.Out.WriteLine($"{Show.Heading(answer.Study, answer.Label, answer.Version)}, lens {lens}, risk is {answer.Risk}");
        if (answer.Frontier.Count > 0)
            MeasureSheets.Frontier(answer.Frontier).Write(shell);
        else
            shell.Out.WriteLine("No portfolio has a safety tax, so there is no frontier.");
        if (answer is { Frontier.Count: > 0, UnknownTaxes.Count: > 0 })
            shell.Out.WriteLine($"Not on it, since nobody rated their safety tax: {string.Join(", ", answer.UnknownTaxes)}.");
        shell.Out.WriteLine();
        MeasureSheets.Best(answer.Best).Write(shell);
        End(shell, answer.Statement, answer.Assumptions, answer.LeftOut);
    }

    public static void Write(Shell shell, RiskOverlap answer, string lens)
    {
        shell.Out.WriteLine($"{Show.Heading(answer.Study, answer.Label, answer.Version)}, lens {lens}");
        MeasureSheets.Pairs(answer.Pairs).Write(shell);
        foreach (var words in answer.Redundant.Select(one => one.Words).Concat(answer.Indistinguishable.Select(one => one.Words)))
            shell.Out.WriteLine(words);
        End(shell, answer.Statement, answer.Assumptions, []);
    }

    public static void Write(Shell shell, RiskImportance answer, string lens)
    {
        shell.Out.WriteLine($"{Show.Heading(answer.Study, answer.Label, answer.Version)}, lens {lens}");
        RiskSheets.Importance(answer.Importance, string.Join('+', answer.Portfolio)).Write(shell);
        if (answer.Averages.Count > 0)
        {
            shell.Out.WriteLine();
            Averages(answer).Write(shell);
        }

        End(shell, answer.Statement, answer.Assumptions, answer.LeftOut);
    }

    public static void Write(Shell shell, RiskCells answer, string lens)
    {
        shell.Out.WriteLine(
            $"{Show.Heading(answer.Study, answer.Label, answer.Version)}, lens {lens}, joint of {string.Join('+', answer.Portfolio)} "
            + Show.Number(answer.Joint));
        Leverages([.. answer.Cells.Take(MostCells)]).Write(shell);
        End(shell, answer.Statement, answer.Assumptions, answer.LeftOut);
    }

    public static void Write(Shell shell, RiskPaper answer, string lens)
    {
        shell.Out.WriteLine($"{Show.Heading(answer.Study, answer.Label, answer.Version)}, lens {lens}");
        foreach (var one in answer.Conclusions)
        {
            shell.Out.WriteLine($"{one.Verdict.ToUpperInvariant().Replace('-', ' ')}: {one.Conclusion}");
            shell.Out.WriteLine($"    {one.Words}");
        }

        End(shell, answer.Statement, answer.Assumptions, []);
    }

    /// <param name="crisp">The same under the lens crisp, or null.</param>
    public static void Write(Shell shell, PortfolioReport answer, PortfolioReport? crisp)
    {
        var name = string.Join('+', answer.Portfolio.Techniques);
        var (free, together) = (answer.Portfolio.Frechet, answer.PositiveDependence);
        shell.Out.WriteLine($"{Show.Heading(answer.Study, answer.Label, answer.Version)}, lens {answer.Lens}");
        RiskSheets.Portfolios([answer.Portfolio], crisp is null ? null : [crisp.Portfolio]).Write(shell);
        shell.Out.WriteLine(
            $"Whatever the dependence {Show.Number(free[0])} to {Show.Number(free[1])}; if failures can only go together "
            + $"{Show.Number(together[0])} to {Show.Number(together[1])}.");
        Sheet[] sheets =
        [
            RiskSheets.Importance(answer.Importance, name, crisp?.Importance),
            answer.Shapley.Count == answer.LeaveOneOut.Count
                ? MeasureSheets.Layers(answer.Shapley, answer.LeaveOneOut, name)
                : new Sheet("technique"),
            MeasureSheets.AtLeast(answer.AtLeast, name), MeasureSheets.Pairs(answer.Pairs),
            MeasureSheets.Additions(answer.Additions, name),
        ];
        foreach (var sheet in sheets.Where(sheet => sheet.Rows > 0))
        {
            shell.Out.WriteLine();
            sheet.Write(shell);
        }

        foreach (var redundant in answer.Redundant) shell.Out.WriteLine(redundant.Words);
        End(shell, answer.Statement, answer.Assumptions, answer.LeftOut);
    }

    public static Sheet Leverages(IReadOnlyList<CellLeverage> cells) => Sheet.Build(
        "The cells that matter most",
        cells,
        [
            new("technique", (cell, _) => cell.Technique),
            new("failure mode", (cell, _) => cell.FailureMode),
            new("now", (cell, _) => Show.Percent(cell.Vulnerability)),
            new("joint from 0 to 1", (cell, _) => Show.Number(cell.Derivative)),
            new("may be", (cell, _) => Show.Interval(cell.Interval?[0], cell.Interval?[1]), cells.Any(cell => cell.Interval is not null)),
            new(
                "joint then",
                (cell, _) => cell.Joint is { } joint ? $"{Show.Number(joint[0])} to {Show.Number(joint[1])}" : Show.Nothing,
                cells.Any(cell => cell.Joint is not null)),
        ]);

    /// <summary>What stands under every answer.</summary>
    public static void End(Shell shell, string statement, RiskAssumptions assumptions, IReadOnlyList<string> leftOut)
    {
        foreach (var line in RiskSheets.Assumptions(statement, assumptions)) shell.Out.WriteLine(line);
        foreach (var reason in leftOut) shell.Out.WriteLine($"Left out, {reason}");
    }

    private static Sheet Averages(RiskImportance answer) => Sheet.Build(
        $"On average over the {answer.Averages[0].Portfolios} portfolios that can fail",
        [.. answer.Averages.OrderByDescending(mode => mode.Criticality ?? -1)],
        [
            new("failure mode", (mode, _) => mode.FailureMode),
            new("criticality", (mode, _) => Show.Percent(mode.Criticality)),
            new("Birnbaum", (mode, _) => Show.Number(mode.Birnbaum)),
            new("diagnostic", (mode, _) => Show.Percent(mode.Diagnostic)),
            new("RAW", (mode, _) => Show.Number(mode.Raw)),
            new("first or tied", (mode, _) => $"{mode.First} of {mode.Portfolios}"),
        ]);
}
