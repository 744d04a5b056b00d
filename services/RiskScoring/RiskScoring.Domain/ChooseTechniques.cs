using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Weighs all portfolios of one matrix version under one lens: a pure function of the matrix. Under a lens with posteriors the risk is
/// the headline, with the uncertainty of a failure mode's cells shared, as long as that takes at most some seconds.
/// </summary>
public sealed record ChooseTechniques(ConsensusMatrix Matrix, string Lens)
{
    /// <summary>Of every size as many of the best portfolios are listed.</summary>
    public const int BestListed = 3;

    /// <summary>R of all portfolios, and at both ends of the cells that are not settled.</summary>
    private const int Tables = 3;

    /// <exception cref="RiskInputException">An unknown lens, no technique, or too many to look at all portfolios.</exception>
    public RiskFrontier Report()
    {
        var inputs = RiskInputs.From(Matrix, Lens);
        var model = inputs.Model;
        var (n, left) = (model.Techniques.Count, new LeftOut());
        var unsettled = CellInterval.UnsettledIn(Matrix, Lens);
        var shares = Lens == ScoreRisk.LensWithPosteriors && IsShort(model, left);
        var choice = Choice.Of(model, unsettled, shares ? SharedByMode.JointOfAll : FailedSets.JointOfAll);
        string[] unknown = [.. model.Techniques.Where((_, i) => model.SafetyTaxes[i] is null)];
        return new RiskFrontier(
            Matrix.Study, Matrix.Label, Matrix.Version, Lens, ScoreRisk.Method, ScoreRisk.Statement, Matrix.Digest!, inputs.Assumptions,
            shares ? "jointSharedByMode" : "joint", unknown,
            [.. unsettled.Select(cell => new CellBounds(cell.Technique, cell.FailureMode, [cell.Low, cell.High]))], choice.Frontier(),
            [.. Enumerable.Range(1, n).SelectMany(size => choice.BestOfSize(size, BestListed))],
            left.Unless("dominated", choice.Dominated), left.Reasons);
    }

    private static bool IsShort(RiskModel model, LeftOut left)
    {
        var (n, m) = (model.Techniques.Count, model.FailureModes.Count);
        if (Tables * SharedByMode.WorkOf(n, m) <= WorkLimit.Most) return true;
        left.Add("jointSharedByMode", $"of all portfolios of {n} techniques with {m} failure modes it takes too long");
        return false;
    }
}
