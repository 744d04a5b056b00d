using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.RiskScoring.Service;

/// <summary>The lenses that risk is offered under, the headline first.</summary>
internal static class Lenses
{
    public const string Headline = ScoreRisk.LensWithPosteriors;

    public static readonly IReadOnlyList<string> All = [Headline, "crisp"];
}
