using System.Globalization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>Which assumptions about dependence to compare.</summary>
/// <param name="UnmodelledFloor">P(a failure mode outside the catalogue that defeats everything), 0..1.</param>
/// <param name="ResidualBeta">Weight of full dependence between techniques given the modes, 0..1; null leaves the option out.</param>
/// <param name="Groups">Groups of failure modes, disjoint; empty leaves the option out.</param>
/// <param name="Exclusive">Whether to show failure modes that exclude each other.</param>
public sealed record DependenceOptions(
    double UnmodelledFloor = ScoreRisk.UnmodelledFloor, double? ResidualBeta = null, IReadOnlyList<ModeGroup>? Groups = null,
    bool Exclusive = false);

/// <summary>
/// The joint under several assumptions about dependence, side by side. None is the safe one: modes that come in groups can lower R as
/// well as raise it, since a technique is defeated by any of its modes and modes that come together come less often.
/// </summary>
public static class Dependence
{
    /// <summary>Most groups: R is computed for every combination of their causes.</summary>
    public const int MostGroups = 8;

    private const string TooLarge = "no exact way takes less than some seconds";

    /// <param name="portfolio">The model of the portfolio's techniques only, see <see cref="RiskModel.Of"/>.</param>
    /// <exception cref="RiskInputException">An option outside its range, an unknown mode, or one in two groups.</exception>
    public static IReadOnlyList<DependentJoint> Of(RiskModel portfolio, DependenceOptions options)
    {
        ThrowUnlessValid(portfolio, options);
        var alone = PortfolioMeasures.Alone(portfolio);
        var shared = LargeJoint.Of(portfolio).Joint;
        var answers = new List<DependentJoint>
        {
            new(ScoreRisk.Dependence, "Failure modes are independent and shared by all techniques.", shared, Product(alone), null),
            new(
                $"unmodelled-shared-mode {Text(options.UnmodelledFloor)}",
                "As before, and a failure mode outside the catalogue may defeat everything at once.",
                PortfolioMeasures.WithFloor(shared, options.UnmodelledFloor), null, null),
        };
        if (options.ResidualBeta is { } beta) answers.Add(Residual(portfolio, beta, Product(alone)));
        if (options.Groups is { Count: > 0 } groups) answers.Add(Grouped(portfolio, groups));
        if (options.Exclusive) answers.Add(Exclusive(portfolio));
        return answers;
    }

    /// <inheritdoc cref="Of" path="/exception"/>
    internal static void ThrowUnlessValid(RiskModel portfolio, DependenceOptions options)
    {
        RiskInputException.ThrowUnlessProbability(options.UnmodelledFloor, "unmodelledFloor");
        RiskInputException.ThrowUnlessProbability(options.ResidualBeta ?? 0, "residualBeta");
        Members(portfolio, options.Groups ?? []);
    }

    /// <summary>
    /// (1 - b) prod q_i(S) + b min q_i(S) given the modes S that obtain: a share b of the cases in which what is left to chance goes
    /// wrong for all techniques together. Every p_i stays what it is.
    /// </summary>
    private static DependentJoint Residual(RiskModel portfolio, double beta, double independent)
    {
        return new DependentJoint(
            $"residual-beta {Text(beta)}", "Given the failure modes, techniques fail together as far as they can in this share of cases.",
            LargeJoint.Of(portfolio, residual: beta).Joint, independent, null);
    }

    /// <summary>
    /// Each group has a cause of probability q = beta min pi_j that brings about all its members; otherwise a member obtains on its
    /// own with (pi_j - q) / (1 - q), so that each mode's likelihood stays what it is.
    /// </summary>
    private static DependentJoint Grouped(RiskModel portfolio, IReadOnlyList<ModeGroup> groups)
    {
        var members = Members(portfolio, groups);
        var states = Enumerable.Range(0, 1 << groups.Count).Select(state => State(portfolio, groups, members, state))
            .Where(state => state.Weight > 0).ToArray();
        double? joint = 0.0;
        foreach (var (weight, model) in states)
            joint += weight * ExactPlan.Of(LayeredPart.Of(model), WorkLimit.Most / states.Length)?.Joint();
        var alone = portfolio.Techniques.Select((_, i) => states.Sum(state => state.Weight * PortfolioMeasures.Alone(state.Model, i)));
        return new DependentJoint(
            "mode-groups " + string.Join(' ', groups.Select(group => $"{string.Join('+', group.FailureModes)}:{Text(group.Beta)}")),
            "Failure modes of a group can be brought about together by one cause; each stays as likely as it is.",
            joint, Product([.. alone]), joint is null ? TooLarge : null);
    }

    private static (double Weight, RiskModel Model) State(
        RiskModel portfolio, IReadOnlyList<ModeGroup> groups, int[][] members, int state)
    {
        var weight = 1.0;
        foreach (var (group, place) in groups.Select((group, place) => (group, place)))
        {
            var cause = group.Beta * members[place].Min(j => portfolio.Likelihoods[j]);
            var comes = (state >> place & 1) == 1;
            weight *= comes ? cause : 1 - cause;
            if (weight == 0) break;
            foreach (var j in members[place])
                portfolio = portfolio.WithLikelihood(
                    j, comes ? 1 : Math.Clamp((portfolio.Likelihoods[j] - cause) / (1 - cause), 0, 1));
        }

        return (weight, portfolio);
    }

    private static int[][] Members(RiskModel portfolio, IReadOnlyList<ModeGroup> groups)
    {
        if (groups.Count > MostGroups) throw new RiskInputException("groups", $"{groups.Count} long", $"at most {MostGroups}");
        var taken = new HashSet<int>();
        return [.. groups.Select((group, place) =>
        {
            if (group is null) throw new RiskInputException($"groups[{place}]", "null", "failure modes and a beta");
            RiskInputException.ThrowUnlessProbability(group.Beta, $"groups[{place}].beta");
            if (group.FailureModes.Count == 0) throw new RiskInputException($"groups[{place}]", "empty", "at least one failure mode");
            return Array.ConvertAll([.. group.FailureModes], id => portfolio.PlaceOfMode(id, $"groups[{place}]") is var j && taken.Add(j)
                ? j
                : throw new RiskInputException($"groups[{place}]", $"'{id}', a second time", "every failure mode once"));
        })];
    }

    /// <summary>At most one mode obtains: R = sum_j pi_j prod_i v_ij, and the product of the p_i may be more than R.</summary>
    private static DependentJoint Exclusive(RiskModel portfolio)
    {
        var (id, words) = ("exclusive-modes", "At most one failure mode obtains.");
        var total = portfolio.Likelihoods.ToArray().Sum();
        if (total > 1 + PortfolioMeasures.Tie)
            return new DependentJoint(id, words, null, null, $"the likelihoods add up to {Text(total)}, and at most 1 is possible");
        var (joint, alone) = (0.0, new double[portfolio.Techniques.Count]);
        for (var j = 0; j < portfolio.FailureModes.Count; j++)
        {
            var all = portfolio.Likelihoods[j];
            for (var i = 0; i < alone.Length; i++)
            {
                alone[i] += portfolio.Likelihoods[j] * portfolio.Means(j)[i];
                all *= portfolio.Means(j)[i];
            }

            joint += all;
        }

        return new DependentJoint(id, words, joint, Product(alone), null);
    }

    private static double Product(double[] alone) => PortfolioMeasures.Independent(alone);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
