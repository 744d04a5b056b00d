namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// <c>verdict-dirichlet</c>: verdicts only, as a cross-check of the numbers. The shares of resistant, uncertain and vulnerable have
/// the posterior Dirichlet(1/2, 1/2, 1/2) + sum_o m_o (shares within o), m_o = n_o / (1 + (n_o - 1) / 2), which stays below 2: the
/// design effect that ROHL-1 gives colleagues (Kish 1965; Jeffreys' prior). Value: expected share of vulnerable plus half that of
/// uncertain, the scale of <c>crisp</c>.
/// </summary>
internal static class VerdictDirichlet
{
    private const double Prior = 0.5;
    private const double Correlation = 0.5;

    public static readonly Lens Lens = new(
        "verdict-dirichlet", "Dirichlet posterior of the verdicts alone", "a cross-check of verdicts; no probability of failure",
        Lens.ReadAsVerdicts, Lens.Shrunk, Lens.NotUsed, Pool);

    private static LensValue Pool(CellView view)
    {
        double uncertain = Prior, vulnerable = Prior, total = 3 * Prior;
        var from = 0;
        for (var o = 0; o < view.Organisations; o++)
        {
            var raters = view.PointsOf(o).Length;
            var weight = raters / (1 + (raters - 1) * Correlation);
            foreach (var rating in view.Ratings.Slice(from, raters))
            {
                var verdict = Observation.OrdinalVerdict(rating);
                uncertain += verdict == Verdict.Uncertain ? weight / raters : 0;
                vulnerable += verdict == Verdict.Vulnerable ? weight / raters : 0;
            }

            total += weight;
            from += raters;
        }

        return LensValue.Of((vulnerable + uncertain / 2) / total);
    }
}
