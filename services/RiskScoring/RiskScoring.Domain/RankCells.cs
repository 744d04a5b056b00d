using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>Ranks the cells of a portfolio of one matrix version under one lens: a pure function of the matrix and the portfolio.</summary>
/// <param name="Portfolio">Ids, distinct; null for all techniques.</param>
public sealed record RankCells(ConsensusMatrix Matrix, string Lens, IReadOnlyList<string>? Portfolio)
{
    /// <exception cref="RiskInputException">An unknown lens or technique, a technique twice, or a joint that cannot be computed exactly in
    /// some seconds.</exception>
    public RiskCells Report()
    {
        var (inputs, left) = (RiskInputs.From(Matrix, Lens), new LeftOut());
        var portfolio = inputs.Model.Of(inputs.Model.IndexesOf(Portfolio ?? inputs.Model.Techniques));
        var (t, m) = (portfolio.Techniques.Count, portfolio.FailureModes.Count);
        var ranges = (int)Math.Min(t * m, WorkLimit.Report / (2.0 * Math.Max(1, m) * t * Math.Pow(2, t)));
        if (ranges < t * m) left.Add("ranges", $"of {t * m - ranges} cells of the smallest derivatives; all of them take too long");
        return new RiskCells(
            Matrix.Study, Matrix.Label, Matrix.Version, Lens, ScoreRisk.Method, ScoreRisk.Statement, Matrix.Digest!, inputs.Assumptions,
            portfolio.Techniques, LargeJoint.ExactOf(portfolio),
            left.Unless("cells", () => CellLeverages.Of(portfolio, CellInterval.KnownIn(Matrix, Lens), t * m, ranges)), left.Reasons);
    }
}
