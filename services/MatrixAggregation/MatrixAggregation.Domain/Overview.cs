using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>What a version rests on and where its raters differ, beside its consensus.</summary>
public static class Overview
{
    private const int MostDivisive = 20;

    /// <param name="matrix">The matrix of the state's version.</param>
    public static MatrixOverview Of(MatrixState state, ConsensusMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(matrix);
        var cells = state.Cells.Zip(matrix.Lenses[Method.Rohl1], (cell, headline) => (Ratings: Consensus.Counted(state, cell), headline))
            .ToArray();
        var disagreement = cells.Select(cell => CellDisagreement.Of(cell.Ratings, state.Policy.Rohl1)?.Figures).ToArray();
        return new(
            Coverage(state, matrix), Summary(AgreementReport.Of(cells.Select(cell => cell.Ratings), new Bootstrap(0, 0))),
            [
                .. cells.Zip(disagreement).Where(cell => cell.Second?.Total > 0)
                    .OrderByDescending(cell => cell.Second!.Total).Take(MostDivisive)
                    .Select(cell => Divisive(cell.First.headline, cell.Second!)),
            ],
            disagreement);
    }

    private static MatrixCoverage Coverage(MatrixState state, ConsensusMatrix matrix)
    {
        var cells = matrix.Lenses[Method.Rohl1];
        var raters = state.Cells.Concat(state.FailureModes.Select(mode => new Quantity(null, mode.Id)))
            .Concat(state.Techniques.Select(technique => new Quantity(technique.Id, null)))
            .SelectMany(quantity => Consensus.Counted(state, quantity)).Select(rating => new RaterKey(rating.Organisation, rating.Rater))
            .ToHashSet();
        return new(
            cells.Count, cells.Count(cell => cell.Status != Status.NoData), cells.Count(cell => cell.Status == Status.SingleSource),
            cells.Count(cell => cell.Status == Status.Contested), cells.Count(cell => cell.Stale > 0), matrix.Likelihoods.Count,
            matrix.Likelihoods.Count(one => !one.Assumed), matrix.SafetyTaxes.Count, matrix.SafetyTaxes.Count(one => !one.Assumed),
            raters.Select(rater => rater.Organisation).Distinct().Count(), raters.Count);
    }

    private static AgreementSummary Summary(AgreementReport report)
    {
        var (all, between) = (report.Overall, report.BetweenOrganisations.Ordinal);
        (string Name, string? Because)[] reasons =
        [
            ("ordinal", all.Ordinal.Undefined), ("interval", all.Interval.Undefined), ("gwetAC2", all.GwetAC2.Undefined),
            ("betweenOrganisations", between.Undefined),
        ];
        return new(
            AgreementReport.Method, all.Pairable, all.PercentAgreement, all.Ordinal.Value, all.Interval.Value, all.GwetAC2.Value,
            between.Value,
            reasons.Where(reason => reason.Because is not null).ToDictionary(reason => reason.Name, reason => reason.Because!));
    }

    private static DivisiveCell Divisive(ConsensusCell headline, DisagreementFigures disagreement) => new(
        headline.Technique, headline.FailureMode, disagreement, headline.Verdict!, headline.Status, headline.Organisations,
        headline.Raters);
}
