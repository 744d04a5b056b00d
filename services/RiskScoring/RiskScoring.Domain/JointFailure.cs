namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>One way of computing R(T) of all 2^n portfolios of a model; bit i of the index is technique i.</summary>
public delegate void JointRule(RiskModel model, Span<double> joint);

/// <summary>
/// Joint failure of portfolios under one way of computing it: from one table of all portfolios where that is small, one by one
/// otherwise. Which it is depends on the model alone, so the same model always gives the same bits.
/// </summary>
internal sealed class JointFailure(RiskModel model, JointRule table, Func<RiskModel, double> single)
{
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
