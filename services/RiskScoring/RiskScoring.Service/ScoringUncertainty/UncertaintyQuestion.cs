using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;

namespace AlignmentMesh.RiskScoring.Service.ScoringUncertainty;

/// <summary>What a request asks of a matrix version: the same question of the same matrix has the same answer.</summary>
/// <param name="Draws">Null means the usual number, or as many as the study allows.</param>
internal sealed record UncertaintyQuestion(string Lens, PortfolioChoice Choice, SharedBy Shared, long Seed, int? Draws)
{
    /// <summary>Less than the domain allows: an answer to a person is worth about a second.</summary>
    public const int MostDraws = 20_000;

    /// <exception cref="ServiceDefaults.ProblemException">A parameter is not as described.</exception>
    public static UncertaintyQuestion From(string? lens, string? portfolios, string? shared, string? seed, string? draws) => new(
        RiskRequest.Lens(lens), RiskRequest.Portfolios(portfolios), Sharing(shared),
        seed is null ? ScoreUncertainty.StandardSeed : Number("seed", seed, 0, RiskDraws.LargestSeed),
        draws is null ? null : (int)Number("draws", draws, RiskDraws.FewestDraws, MostDraws));

    public ScoreUncertainty Of(ConsensusMatrix matrix) => new(matrix, Lens, Seed, Draws, Shared);

    // Not by organisation: a matrix does not say whose ratings its cells rest on.
    private static SharedBy Sharing(string? shared) => RiskRequest.OneOf("shared", shared, ["mode", "none", "all"]) switch
    {
        "none" => SharedBy.None,
        "all" => SharedBy.All,
        _ => SharedBy.Mode,
    };

    private static long Number(string field, string value, long least, long most) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw RiskProblems.BadParameter.Of(field, value, FormattableString.Invariant($"{least}..{most}"));
}
