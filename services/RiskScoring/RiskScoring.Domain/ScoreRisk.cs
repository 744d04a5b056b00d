using System.Numerics;
using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>Which portfolios a report lists.</summary>
public enum PortfolioChoice
{
    /// <summary>The catalogue's named portfolios, every single technique, and all techniques together.</summary>
    Main,

    /// <summary>Every non-empty portfolio, of at most <see cref="ScoreRisk.LargestListed"/> techniques.</summary>
    All,
}

/// <summary>Scores one matrix version under one lens: a pure function of the matrix.</summary>
public sealed record ScoreRisk(ConsensusMatrix Matrix, string Lens)
{
    public const string Method = "shared-failure-modes-1";
    public const string Statement = "Expert judgement, not an observed frequency. Model: shared failure modes.";
    public const string Dependence = "shared-failure-modes";
    public const double UnmodelledFloor = 0.01;

    /// <summary>Most techniques for which every portfolio is listed.</summary>
    public const int LargestListed = 12;

    /// <summary>Portfolios of more techniques than that in one report.</summary>
    private const int MostLarge = 8;

    public const string LensWithPosteriors = "rohl-1";
    private const string Everything = "all techniques";

    /// <summary>The report of the chosen portfolios, with the importance of each failure mode for all techniques together.</summary>
    /// <exception cref="RiskInputException">An unknown lens, or too many techniques for the choice.</exception>
    public RiskReport Report(PortfolioChoice choice)
    {
        var inputs = RiskInputs.From(Matrix, Lens);
        if (choice == PortfolioChoice.All && inputs.Model.Techniques.Count > LargestListed)
            throw new RiskInputException(
                "portfolios", $"all of {inputs.Model.Techniques.Count} techniques", $"main, or all of at most {LargestListed} techniques");
        var left = new LeftOut();
        var measured = Measured(inputs, WorkLimit.Report / MostLarge, left);
        int[][] listed = choice == PortfolioChoice.All ? [.. AllOf(inputs.Model.Techniques.Count)] : [.. Within(Main(inputs), left)];
        var report = new RiskReport(
            Matrix.Study, Matrix.Label, Matrix.Version, Lens, Method, Statement, Matrix.Digest!, inputs.Assumptions,
            [.. listed.SelectMany(set => left.Unless<PortfolioRisk>("portfolios", () => [measured.Of(set, NameOf(inputs, set))]))],
            inputs.Model.Techniques.Count == 0 ? [] : left.Unless("importance", () => Importance.OfAnySize(inputs.Model, WorkLimit.Report)),
            null, null, left.Reasons is { Count: > 0 } reasons ? reasons : null);
        return report with { Digest = DigestOf(report) };
    }

    /// <summary>One portfolio with all that its techniques and failure modes are worth in it.</summary>
    /// <param name="techniques">Ids, distinct, at least one; the order does not matter.</param>
    /// <exception cref="RiskInputException">An unknown lens or technique, a technique twice, or none.</exception>
    public PortfolioReport Portfolio(IReadOnlyList<string> techniques)
    {
        var inputs = RiskInputs.From(Matrix, Lens);
        var portfolio = inputs.Model.IndexesOf(techniques);
        var (model, left) = (inputs.Model.Of(portfolio), new LeftOut());
        var (low, high) = PortfolioMeasures.PositiveDependence(PortfolioMeasures.Alone(model));
        return new PortfolioReport(
            Matrix.Study, Matrix.Label, Matrix.Version, Lens, Method, Statement, Matrix.Digest!, inputs.Assumptions,
            Measured(inputs, WorkLimit.Report, left).Of(portfolio, NameOf(inputs, portfolio)),
            left.Unless("importance", () => Importance.OfAnySize(model)), [low, high],
            left.Unless<double>("atLeast", () => Layers.AtLeast(model)), left.Unless("leaveOneOut", () => Layers.LeaveOneOut(model)),
            left.Unless("shapley", () => Shapley.Of(model)), left.Unless("pairs", () => CompareTechniques.Pairs(model)),
            left.Unless("additions", () => Choice.AdditionsTo(inputs.Model, portfolio)),
            left.Unless("redundant", () => CompareTechniques.Redundant(model)), left.Reasons);
    }

    /// <summary>Hex SHA-256 of the report's canonical JSON without digest and publication.</summary>
    public static string DigestOf(RiskReport report) => Convert.ToHexStringLower(
        SHA256.HashData(CanonicalJson.Serialize(report with { Digest = null, Published = null }, ContractJson.Options)));

    internal MeasuredPortfolios Measured(RiskInputs inputs, double mostWork, LeftOut left) =>
        new(inputs, Lens == LensWithPosteriors, mostWork, left);

    internal IEnumerable<int[]> Main(RiskInputs inputs)
    {
        var n = inputs.Model.Techniques.Count;
        var named = Matrix.Portfolios.Select(portfolio => inputs.Model.IndexesOf(portfolio.Techniques));
        var singles = Enumerable.Range(0, n).Select(i => new[] { i });
        var all = n > 1 ? [Enumerable.Range(0, n).ToArray()] : Array.Empty<int[]>();
        return named.Concat(singles).Concat(all).DistinctBy(portfolio => string.Join(',', portfolio));
    }

    /// <summary>All small portfolios, and of the large ones as many as a report has time for, the largest first.</summary>
    private static IEnumerable<int[]> Within(IEnumerable<int[]> portfolios, LeftOut left)
    {
        int[][] all = [.. portfolios];
        var kept = all.Where(MeasuredPortfolios.IsLarge).OrderByDescending(set => set.Length).Take(MostLarge).ToHashSet();
        var over = all.Count(MeasuredPortfolios.IsLarge) - kept.Count;
        if (over > 0) left.Add("portfolios", $"{over} named ones of more than {LargestListed} techniques; ask for them one by one");
        return all.Where(set => !MeasuredPortfolios.IsLarge(set) || kept.Contains(set));
    }

    internal static IEnumerable<int[]> AllOf(int techniques) =>
        Enumerable.Range(1, (1 << techniques) - 1).OrderBy(set => BitOperations.PopCount((uint)set)).ThenBy(set => set)
            .Select(set => Enumerable.Range(0, techniques).Where(i => (set >> i & 1) == 1).ToArray());

    internal string? NameOf(RiskInputs inputs, int[] portfolio)
    {
        var named = Matrix.Portfolios.FirstOrDefault(known =>
            known.Techniques.Count == portfolio.Length && inputs.Model.IndexesOf(known.Techniques).SequenceEqual(portfolio));
        if (named is not null) return named.Name;
        return portfolio.Length == inputs.Model.Techniques.Count && portfolio.Length > 1 ? Everything : null;
    }
}
