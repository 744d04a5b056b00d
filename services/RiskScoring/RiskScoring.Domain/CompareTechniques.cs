using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>Says of one matrix version under one lens how far its techniques fail together: a pure function of the matrix.</summary>
public sealed record CompareTechniques(ConsensusMatrix Matrix, string Lens)
{
    /// <summary>Most techniques of which every two are compared.</summary>
    public const int MostTechniques = 100;

    /// <exception cref="RiskInputException">An unknown lens, or more than <see cref="MostTechniques"/> techniques.</exception>
    public RiskOverlap Report()
    {
        var inputs = RiskInputs.From(Matrix, Lens);
        return new RiskOverlap(
            Matrix.Study, Matrix.Label, Matrix.Version, Lens, ScoreRisk.Method, ScoreRisk.Statement, Matrix.Digest!, inputs.Assumptions,
            Pairs(inputs.Model), Redundant(inputs.Model), Redundancy.FailureModes(inputs.Model));
    }

    internal static IReadOnlyList<TechniquePair> Pairs(RiskModel model) => Overlap.Of(Comparable(model));

    internal static IReadOnlyList<RedundantTechnique> Redundant(RiskModel model) => Redundancy.Techniques(Comparable(model));

    private static RiskModel Comparable(RiskModel model) => model.Techniques.Count <= MostTechniques
        ? model
        : throw new RiskInputException(
            "techniques", $"{model.Techniques.Count} long", $"at most {MostTechniques} where every two are compared");
}
