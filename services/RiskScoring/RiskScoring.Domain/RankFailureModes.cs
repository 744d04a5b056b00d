using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>Ranks the failure modes of one matrix version under one lens: a pure function of the matrix and the portfolio.</summary>
/// <param name="Portfolio">Ids, distinct; null for all techniques.</param>
public sealed record RankFailureModes(ConsensusMatrix Matrix, string Lens, IReadOnlyList<string>? Portfolio)
{
    /// <exception cref="RiskInputException">An unknown lens or technique, or a technique twice.</exception>
    public RiskImportance Report()
    {
        var (inputs, left) = (RiskInputs.From(Matrix, Lens), new LeftOut());
        var model = inputs.Model;
        var asked = model.Of(model.IndexesOf(Portfolio ?? model.Techniques));
        var importance = left.Unless("importance", () => Importance.OfAnySize(asked));
        return new RiskImportance(
            Matrix.Study, Matrix.Label, Matrix.Version, Lens, ScoreRisk.Method, ScoreRisk.Statement, Matrix.Digest!, inputs.Assumptions,
            asked.Techniques, importance, importance.Count == 0 ? [] : Importance.Differential(asked, importance),
            left.Unless("averages", () => ImportanceOfAll.Of(model).Averages()), left.Reasons);
    }
}
