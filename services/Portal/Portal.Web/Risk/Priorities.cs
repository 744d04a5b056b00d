using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Risk;

/// <summary>Which failure mode to work on first.</summary>
internal static class Priorities
{
    public static BarChart Of(Bound bound, RiskImportance all) => Of(
        bound, RiskFigures.Priorities, "Which failure mode to work on first", "all techniques", all.Importance, all.Statement,
        all.Averages);

    /// <param name="portfolio">What is in use, in words.</param>
    /// <param name="averages">The same over all portfolios, where it is known.</param>
    public static BarChart Of(
        Bound bound, string name, string title, string portfolio, IReadOnlyList<FailureModeImportance> importance, string statement,
        IReadOnlyList<AverageImportance>? averages = null)
    {
        var modes = importance.OrderByDescending(mode => mode.Criticality ?? 0).ToArray();
        var average = (averages ?? []).ToDictionary(mode => mode.FailureMode);
        return new BarChart(
            bound, name, title,
            $"Each bar is the share of the remaining risk, with {portfolio} in use, that would vanish if the failure mode could not "
            + "occur; the shares overlap and do not add up to the whole.",
            [new(new Mark("bar", Palette.Shared), "risk that vanishes without the failure mode")], Rows(bound, modes, average, portfolio),
            [
                .. modes.Where(mode => mode.Criticality is not null).Select(mode => new Bar(
                    bound.Matrix!.FailureModes.Name(mode.FailureMode), [(mode.Criticality!.Value, Palette.Shared)],
                    Show.Percent(mode.Criticality),
                    $"obtained in {Show.Percent(mode.Diagnostic)} of the cases in which everything failed")),
            ])
        {
            Caution = statement,
        };
    }

    private static FigureTable Rows(
        Bound bound, IReadOnlyList<FailureModeImportance> modes, Dictionary<string, AverageImportance> averages, string portfolio) => new(
        $"Importance of every failure mode, {portfolio} together",
        [
            new("failure_mode", "Failure mode"), new("criticality", "Risk that vanishes without it", true),
            new("diagnostic", "Obtained when all failed", true), new("birnbaum", "Risk if certain minus if impossible", true),
            new("raw", "Risk if certain, times", true), new("rrw", "Risk reduction worth", true),
            .. averages.Count == 0 ? Array.Empty<TableColumn>() :
            [
                new("mean_criticality", "Vanishes without it, mean of portfolios", true), new("first", "First in so many portfolios", true),
                new("portfolios", "of", true),
            ],
        ],
        [
            .. modes.Select(mode => (IReadOnlyList<TableEntry>)
            [
                new TableEntry(mode.FailureMode, bound.Matrix!.FailureModes.Name(mode.FailureMode)),
                TableEntry.Percent(mode.Criticality), TableEntry.Percent(mode.Diagnostic),
                new TableEntry(mode.Birnbaum, Show.Chance(mode.Birnbaum)), new TableEntry(mode.Raw, Show.Times(mode.Raw)),
                new TableEntry(mode.Rrw, mode.Rrw is null ? "unbounded" : Show.Times(mode.Rrw)),
                .. averages.GetValueOrDefault(mode.FailureMode) is { } average
                    ? [TableEntry.Percent(average.Criticality), TableEntry.Of(average.First), TableEntry.Of(average.Portfolios)]
                    : Array.Empty<TableEntry>(),
            ]),
        ]);
}
