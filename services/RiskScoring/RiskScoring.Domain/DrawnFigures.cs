using System.Globalization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>A portfolio that an answer lists.</summary>
/// <param name="Techniques">Indexes, ascending.</param>
internal sealed record ListedPortfolio(string? Name, int[] Techniques)
{
    internal int Set => Techniques.Aggregate(0, (set, i) => set | 1 << i);
}

/// <summary>Reads off the draws what an answer says.</summary>
/// <param name="open">The model with open cells at 0 and at 1, or null when it has none.</param>
/// <param name="contested">The model with contested cells at both ends of their intervals, or null when it has none.</param>
internal sealed class DrawnFigures(RiskDraws drawn, RiskModel[]? open, RiskModel[]? contested)
{
    /// <summary>Most listed portfolios of which every two are compared.</summary>
    private const int MostCompared = 32;

    private static readonly double[] Probabilities = [0.05, 0.25, 0.5, 0.75, 0.95];

    private readonly OrderStatistics _order = new(drawn.Draws);
    private readonly double[]? _means = ExactMeans.OfAll(drawn.Knowledge);

    private UncertaintySampling Sampling => new(
        drawn.Seed, drawn.Draws, NameOf(drawn.Knowledge.Shared), Philox.Name, LatinHypercube.Name,
        drawn.Knowledge.Inputs.Count(input => input.Technique is not null),
        drawn.Knowledge.Inputs.Count(input => input.Technique is null));

    private RiskModel Model => drawn.Knowledge.Model;

    /// <exception cref="RiskInputException">Too many portfolios to rank in so many draws.</exception>
    internal UncertaintyFigures Of(IReadOnlyList<ListedPortfolio> listed, int[] importanceOf, CancellationToken token)
    {
        ThrowUnlessRankable(listed);
        var importance = new DrawnImportance(drawn, new ListedPortfolio(null, importanceOf).Set, token);
        return new UncertaintyFigures(
            Sampling, [.. listed.Select(portfolio => Of(portfolio, token))], [.. Comparisons(listed)],
            [.. importanceOf.Select(i => Model.Techniques[i])],
            [.. Model.FailureModes.Select((mode, j) => Of(mode, importance, j))], Tornado.Of(drawn.Knowledge, importanceOf, token));
    }

    /// <param name="portfolio">Bit mask.</param>
    internal PortfolioSpread Spread(int portfolio)
    {
        var sample = drawn.Risks(portfolio);
        return new PortfolioSpread(Sampling, _means?[portfolio], Moments(sample).Sd, Quantiles(sample));
    }

    internal static string NameOf(SharedBy shared) => shared switch
    {
        SharedBy.None => "none",
        SharedBy.Mode => "mode",
        SharedBy.Organisation => "organisation",
        _ => "all",
    };

    private PortfolioUncertainty Of(ListedPortfolio portfolio, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var sample = drawn.Risks(portfolio.Set);
        var (mean, sd) = Moments(sample);
        var (places, meanPlace) = DrawnRanks.OfPortfolio(drawn, portfolio.Set);
        return new PortfolioUncertainty(
            portfolio.Name, [.. portfolio.Techniques.Select(i => Model.Techniques[i])], _means?[portfolio.Set], mean, sd, Quantiles(sample),
            SameSize(portfolio), places, meanPlace, Bounds(open, portfolio), Bounds(contested, portfolio));
    }

    private FailureModeUncertainty Of(string mode, DrawnImportance importance, int index)
    {
        var (places, mean) = importance.Ranks(index);
        return new FailureModeUncertainty(mode, Quantiles(importance.Criticality(index)), places, mean);
    }

    /// <summary>Where one contains the other there is nothing to compare: more techniques are never worse.</summary>
    private IEnumerable<PortfolioComparison> Comparisons(IReadOnlyList<ListedPortfolio> listed) =>
        from first in Enumerable.Range(0, listed.Count <= MostCompared ? listed.Count : 0)
        from second in Enumerable.Range(first + 1, listed.Count - first - 1)
        let common = listed[first].Set & listed[second].Set
        where common != listed[first].Set && common != listed[second].Set
        let shares = DrawnRanks.Compare(drawn, listed[first].Set, listed[second].Set)
        select new PortfolioComparison(Ids(listed[first]), Ids(listed[second]), shares.Better, shares.Equal);

    private string[] Ids(ListedPortfolio portfolio) => [.. portfolio.Techniques.Select(i => Model.Techniques[i])];

    private UncertaintyQuantiles Quantiles(ReadOnlySpan<double> sample)
    {
        Span<double> at = stackalloc double[Probabilities.Length];
        _order.Quantiles(sample, Probabilities, at);
        return new UncertaintyQuantiles(at[0], at[1], at[2], at[3], at[4]);
    }

    /// <summary>Mean and standard deviation, in the order of the draws and in two passes.</summary>
    private static (double Mean, double Sd) Moments(ReadOnlySpan<double> sample)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var x in sample)
            sum += x;
        var mean = sum / sample.Length;
        foreach (var x in sample)
            squares += (x - mean) * (x - mean);
        return (mean, Math.Sqrt(squares / (sample.Length - 1)));
    }

    private static double[]? Bounds(RiskModel[]? ends, ListedPortfolio portfolio) =>
        ends is null ? null : [.. ends.Select(end => FailedSets.Joint(end.Of(portfolio.Techniques)))];

    /// <summary>C(n, t).</summary>
    private int SameSize(ListedPortfolio portfolio)
    {
        var ways = 1;
        for (var t = 0; t < portfolio.Techniques.Length; t++)
            ways = ways * (Model.Techniques.Count - t) / (t + 1);
        return ways;
    }

    /// <summary>How many draws there may be to rank these portfolios.</summary>
    internal long MostDraws(IReadOnlyList<ListedPortfolio> listed) =>
        DrawnRanks.MostComparisons / Math.Max(1, listed.Sum(portfolio => (long)SameSize(portfolio)));

    private void ThrowUnlessRankable(IReadOnlyList<ListedPortfolio> listed)
    {
        var most = MostDraws(listed);
        if (drawn.Draws > most)
            throw new RiskInputException(
                "draws", drawn.Draws.ToString(CultureInfo.InvariantCulture),
                FormattableString.Invariant($"at most {most} where {listed.Count} portfolios are ranked, or fewer portfolios"));
    }
}
