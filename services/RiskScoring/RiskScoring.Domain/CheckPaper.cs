using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>Puts the paper's conclusions to one matrix version under one lens: a pure function of the matrix.</summary>
public sealed record CheckPaper(ConsensusMatrix Matrix, string Lens)
{
    /// <exception cref="RiskInputException">An unknown lens.</exception>
    public RiskPaper Report()
    {
        var inputs = RiskInputs.From(Matrix, Lens);
        return new RiskPaper(
            Matrix.Study, Matrix.Label, Matrix.Version, Lens, ScoreRisk.Method, ScoreRisk.Statement, Matrix.Digest!, inputs.Assumptions,
            PaperCheck.Of(inputs.Model));
    }
}
