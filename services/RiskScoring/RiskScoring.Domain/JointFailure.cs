namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Joint failure of portfolios under one way of computing it: from one table of all portfolios where that is small, one by one
/// otherwise. Which it is depends on the model alone, so the same model always gives the same bits.
/// </summary>
internal sealed class JointFailure(RiskModel model, JointFailure.OfAll table, Func<RiskModel, double> single)
{
    internal delegate void OfAll(RiskModel model, Span<double> joint);

    private readonly Lazy<double[]> _table = new(() =>
    {
        var joint = new double[1 << model.Techniques.Count];
        table(model, joint);
        return joint;
    });

    /// <param name="portfolio">Distinct indexes of techniques.</param>
    public double Of(int[] portfolio) =>
        model.Techniques.Count <= ScoreRisk.LargestListed
            ? _table.Value[portfolio.Aggregate(0, (set, i) => set | 1 << i)]
            : single(model.Of(portfolio));
}
