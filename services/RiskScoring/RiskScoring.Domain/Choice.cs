using System.Numerics;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Which techniques to use together, by looking at all 2^n portfolios. A greedy search is no substitute: its guarantee holds for
/// 1 - R and says nothing about R where that is small.
/// </summary>
public sealed class Choice
{
    private readonly RiskModel _model;
    private readonly double[] _joint;
    private readonly double[] _lowest;
    private readonly double[] _highest;
    private readonly double?[] _taxes;

    private Choice(RiskModel model, IReadOnlyList<CellInterval> unsettled, JointRule rule)
    {
        _model = model;
        _joint = Table(model, rule);
        (_lowest, _highest) = CellInterval.Ends(model, unsettled) is [var low, var high]
            ? (Table(low, rule), Table(high, rule))
            : (_joint, _joint);
        _taxes = Taxes(model);
    }

    /// <param name="unsettled">Cells that may be anything in an interval; R never falls when a cell rises, so both ends are enough.</param>
    /// <param name="rule">How R is computed, by default <see cref="FailedSets.JointOfAll"/>.</param>
    /// <exception cref="RiskInputException">More than <see cref="FailedSets.LargestTable"/> techniques, or too much work.</exception>
    public static Choice Of(RiskModel model, IReadOnlyList<CellInterval>? unsettled = null, JointRule? rule = null)
    {
        FailedSets.ThrowUnlessTable(model);
        WorkLimit.ThrowIfMoreThanTable(model);
        return new Choice(model, unsettled ?? [], rule ?? FailedSets.JointOfAll);
    }

    /// <summary>The portfolios of <paramref name="size"/> techniques that fail least, best first.</summary>
    public IReadOnlyList<RankedPortfolio> BestOfSize(int size, int most) =>
    [
        .. Enumerable.Range(1, _joint.Length - 1).Where(portfolio => BitOperations.PopCount((uint)portfolio) == size)
            .OrderBy(portfolio => _joint[portfolio]).Take(most).Select(Ranked),
    ];

    /// <summary>
    /// Pareto frontier: the portfolios than which none costs as little and fails less often, cheapest first. Where several cost and
    /// risk the same the one with the fewest techniques stands for them. Portfolios of unknown tax have no place on it.
    /// </summary>
    public IReadOnlyList<RankedPortfolio> Frontier() => [.. FrontierSets().Select(Ranked)];

    /// <summary>Every portfolio of known tax that is off the frontier for a reason, with the point of the frontier that beats it.</summary>
    /// <exception cref="RiskInputException">More than <see cref="ScoreRisk.LargestListed"/> techniques.</exception>
    public IReadOnlyList<DominatedPortfolio> Dominated()
    {
        if (_model.Techniques.Count > ScoreRisk.LargestListed)
            throw new RiskInputException(
                "techniques", $"{_model.Techniques.Count} long", $"at most {ScoreRisk.LargestListed} where portfolios are listed");
        var frontier = FrontierSets();
        return
        [
            .. from portfolio in Enumerable.Range(1, _joint.Length - 1)
               where _taxes[portfolio] is not null
               let best = frontier.Last(point => !IsMore(_taxes[point]!.Value, _taxes[portfolio]!.Value))
               where IsMore(_joint[portfolio], _joint[best]) || IsMore(_taxes[portfolio]!.Value, _taxes[best]!.Value)
               select new DominatedPortfolio(Ranked(portfolio), Ranked(best)),
        ];
    }

    /// <summary>What each technique outside the portfolio would make of it, best first.</summary>
    /// <param name="portfolio">Ids, distinct; none asks for the best technique alone.</param>
    /// <exception cref="RiskInputException">An unknown technique, or one twice.</exception>
    public IReadOnlyList<TechniqueAddition> Additions(IReadOnlyList<string> portfolio)
    {
        var set = portfolio.Count == 0 ? 0 : _model.IndexesOf(portfolio).Aggregate(0, (mask, i) => mask | 1 << i);
        return Additions(_model, _joint[set], Enumerable.Range(0, _model.Techniques.Count).Where(i => (set >> i & 1) == 0), i =>
            _joint[set | 1 << i]);
    }

    /// <summary>The same without looking at all portfolios.</summary>
    /// <param name="portfolio">Distinct indexes.</param>
    /// <exception cref="RiskInputException">No exact way takes at most some seconds.</exception>
    internal static IReadOnlyList<TechniqueAddition> AdditionsTo(RiskModel model, int[] portfolio)
    {
        int[] others = [.. Enumerable.Range(0, model.Techniques.Count).Except(portfolio)];
        double Joint(int[] set) => LargeJoint.ExactOf(model.Of(set), others.Length + 1);
        return others.Length == 0 ? [] : Additions(model, Joint(portfolio), others, i => Joint([.. portfolio, i]));
    }

    private static TechniqueAddition[] Additions(RiskModel model, double before, IEnumerable<int> others, Func<int, double> with) =>
    [
        .. others.Select(i => (Technique: i, Joint: with(i)))
            .OrderBy(one => one.Joint).ThenBy(one => model.SafetyTaxes[one.Technique] ?? double.PositiveInfinity)
            .Select(one => Addition(model, one.Technique, before, one.Joint)),
    ];

    private static TechniqueAddition Addition(RiskModel model, int technique, double before, double after)
    {
        var (tax, ratio) = (model.SafetyTaxes[technique], before == 0 ? (double?)null : after / before);
        var perTax = ratio > 0 && tax > 0 ? Math.Max(0, -Math.Log10(ratio.Value)) / tax : null;
        return new TechniqueAddition(model.Techniques[technique], tax, after, ratio, perTax);
    }

    private List<int> FrontierSets()
    {
        int[] byTax = [.. Enumerable.Range(1, _joint.Length - 1).Where(portfolio => _taxes[portfolio] is not null)];
        Array.Sort(Array.ConvertAll(byTax, portfolio => (_taxes[portfolio]!.Value, _joint[portfolio])), byTax);
        var (frontier, least) = (new List<int>(), double.PositiveInfinity);
        for (var first = 0; first < byTax.Length;)
        {
            var end = first + 1;
            while (end < byTax.Length && !IsMore(_taxes[byTax[end]]!.Value, _taxes[byTax[first]]!.Value)) end++;
            var best = Best(byTax.AsSpan(first..end));
            if (IsMore(least, _joint[best])) frontier.Add(best);
            (least, first) = (Math.Min(least, _joint[best]), end);
        }

        return frontier;
    }

    /// <summary>The one that fails least; among those that fail as often, the one with the fewest techniques, then the first.</summary>
    private int Best(ReadOnlySpan<int> equallyTaxed)
    {
        var least = double.PositiveInfinity;
        foreach (var portfolio in equallyTaxed) least = Math.Min(least, _joint[portfolio]);
        var best = int.MaxValue;
        foreach (var portfolio in equallyTaxed)
            if (!IsMore(_joint[portfolio], least) && (Size(portfolio), portfolio).CompareTo((Size(best), best)) < 0) best = portfolio;
        return best;

        static int Size(int portfolio) => BitOperations.PopCount((uint)portfolio);
    }

    private RankedPortfolio Ranked(int portfolio) => new(
        [.. _model.Techniques.Where((_, i) => (portfolio >> i & 1) == 1)], _taxes[portfolio], _joint[portfolio],
        [_lowest[portfolio], _highest[portfolio]]);

    private static bool IsMore(double one, double other) => one > other * (1 + PortfolioMeasures.Tie);

    private static double[] Table(RiskModel model, JointRule rule)
    {
        var joint = new double[1 << model.Techniques.Count];
        rule(model, joint);
        return joint;
    }

    private static double?[] Taxes(RiskModel model)
    {
        var taxes = new double?[1 << model.Techniques.Count];
        taxes[0] = 0;
        for (var portfolio = 1; portfolio < taxes.Length; portfolio++)
        {
            var last = BitOperations.Log2((uint)portfolio);
            taxes[portfolio] = taxes[portfolio & ~(1 << last)] + model.SafetyTaxes[last];
        }

        return taxes;
    }
}
