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
    public const string Lost = "lost";

    public IReadOnlyList<string> Names { get; } = [Together, Pareto, Overlap, Priorities, Lost];

    public async Task<Answer<Figure>> ReadAsync(string name, Bound bound, IQueryCollection query, CancellationToken token)
    {
        if (name == Lost) return await LostAsync(bound, token);
        var uncertainty = name == Together ? risks.UncertaintyAsync(bound.Study, bound.Version, bound.Lens, token) : null;
        var (report, missing) = name is Pareto or Overlap
            ? await risks.EveryPortfolioAsync(bound.Study, bound.Version, bound.Lens, token)
            : await risks.ReportAsync(bound.Study, bound.Version, bound.Lens, token);
        if (report is null) return missing!;
        return name switch
        {
            Pareto => ParetoPlot.Of(bound, report),
            Overlap => Risk.Overlap.Of(bound, report),
            Priorities => Risk.Priorities.Of(bound, report),
            _ => SharedBars.Of(bound, report, (await uncertainty!).Value) as Figure,
        };
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
