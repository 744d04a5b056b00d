using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.ScoringUncertainty;

/// <summary>A real answer for a study of two techniques and two failure modes, as the API's document shows it.</summary>
internal static class UncertaintyExample
{
    private const string Lens = Lenses.Headline;
    private const string Digest = "5f0c2c1f2f6b8f5d0a7f6ad1b1f5b0d9f0b3cf0c84c64df8b34a0f7d2b2a4e11";

    private static readonly ConsensusMatrix Matrix = new(
        "my-study", null, 4, "173d92c93ff4b2f9c107b38ee02174e31eb66ec6871478a877838fa7bd1e879b", "2026-05-04T09:30:00.000000Z",
        [new("RLHF", "RLHF", "Reinforcement learning from human feedback."), new("Debate", "AI debate", "Two systems argue.")],
        [new("COLL", "Collusion", "Systems collude."), new("DEC-AL", "Deceptive alignment", "It emerges early.")],
        [], [new("COLL", 0.15, 0.1, 0.2, 2, 3, false), new("DEC-AL", 0.1, null, null, 0, 0, true)],
        [new("RLHF", 1, 1, 1, 1, 1, false), new("Debate", null, null, null, 0, 0, true)],
        new Dictionary<string, IReadOnlyList<ConsensusCell>>
        {
            [Lens] =
            [
                Cell("RLHF", "COLL", 0.325, 0.215, "resistant", "ok"), Cell("RLHF", "DEC-AL", 0.675, 0.215, "vulnerable", "contested"),
                Cell("Debate", "COLL", 0.675, 0.215, "vulnerable", "ok"), Cell("Debate", "DEC-AL", 0.5, 0.25, "uncertain", "single_source"),
            ],
        },
        Digest);

    public static ContractExample Create() => new(
        new ScoreUncertainty(Matrix, Lens, ScoreUncertainty.StandardSeed, RiskDraws.FewestDraws, SharedBy.Mode)
            .Report(PortfolioChoice.Main, null));

    private static ConsensusCell Cell(string technique, string mode, double mean, double sd, string verdict, string status) => new(
        technique, mode, 3, 2, mean, sd, mean, mean / 4, 1 - (1 - mean) / 4, 0.2, 0.3, 0.5, 0.6, verdict, status);
}
