using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Risk;

/// <summary>The figures of a version's risk.</summary>
internal sealed class RiskFigures(RiskClient risks) : IFigureSource
{
    public const string Together = "together";
    public const string Pareto = "pareto";
    public const string Overlap = "overlap";
    public const string Priorities = "priorities";
    public const string Settle = "settle";
    public const string Lost = "lost";

    public IReadOnlyList<string> Names { get; } = [Together, Pareto, Overlap, Priorities, Settle, Lost];

    public Task<Answer<Figure>> ReadAsync(string name, Bound bound, IQueryCollection query, CancellationToken token)
    {
        var (study, version, lens) = (bound.Study, bound.Version, bound.Lens);
        return name switch
        {
            Lost => LostAsync(bound, token),
            Pareto => DrawAsync(risks.FrontierAsync(study, version, lens, token), answer => ParetoPlot.Of(bound, answer)),
            Overlap => DrawAsync(risks.OverlapAsync(study, version, lens, token), answer => Risk.Overlap.Of(bound, answer)),
            Priorities => DrawAsync(risks.ImportanceAsync(study, version, lens, token), answer => Risk.Priorities.Of(bound, answer)),
            Settle => DrawAsync(risks.CellsAsync(study, version, lens, token), answer => SwingPlot.Of(bound, answer)),
            _ => TogetherAsync(bound, token),
        };
    }

    private static async Task<Answer<Figure>> DrawAsync<T>(Task<Answer<T>> asked, Func<T, Figure> draw)
        where T : class
    {
        var (answer, missing) = await asked;
        return answer is null ? missing! : draw(answer);
    }

    private async Task<Answer<Figure>> TogetherAsync(Bound bound, CancellationToken token)
    {
        var uncertainty = risks.UncertaintyAsync(bound.Study, bound.Version, bound.Lens, token);
        var (report, missing) = await risks.ReportAsync(bound.Study, bound.Version, bound.Lens, token);
        return report is null ? missing! : SharedBars.Of(bound, report, (await uncertainty).Value);
    }

    private async Task<Answer<Figure>> LostAsync(Bound bound, CancellationToken token)
    {
        var reports = await Task.WhenAll(
            Lenses.Published.Select(lens => risks.ReportAsync(bound.Study, bound.Version, lens.Id, token)));
        if (SharedBars.OfLenses(bound, [.. reports.Select(report => report.Value).OfType<RiskReport>()]) is { } figure) return figure;
        return reports.Select(report => report.Missing).FirstOrDefault(one => one is not null)
            ?? new Missing("portal", MissingKind.Unknown, "No such figure", "The study names no portfolio.");
    }
}
