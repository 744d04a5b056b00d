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
        var portfolios = choice == PortfolioChoice.All ? AllOf(inputs.Model.Techniques.Count) : Main(inputs);
        var report = new RiskReport(
            Matrix.Study, Matrix.Label, Matrix.Version, Lens, Method, Statement, Matrix.Digest!, inputs.Assumptions,
            [.. Measure(inputs, portfolios)],
            inputs.Model.Techniques.Count is 0 or > FailedSets.LargestPortfolio ? [] : Importance.Of(inputs.Model), null, null);
        return report with { Digest = DigestOf(report) };
    }

    /// <summary>One portfolio with the importance of every failure mode for it.</summary>
    /// <param name="techniques">Ids, distinct, at least one; the order does not matter.</param>
    /// <exception cref="RiskInputException">An unknown lens or technique, a technique twice, or none.</exception>
    public PortfolioReport Portfolio(IReadOnlyList<string> techniques)
    {
        var inputs = RiskInputs.From(Matrix, Lens);
        var portfolio = inputs.Model.IndexesOf(techniques);
        return new PortfolioReport(
            Matrix.Study, Matrix.Label, Matrix.Version, Lens, Method, Statement, Matrix.Digest!, inputs.Assumptions,
            Measure(inputs, [portfolio]).Single(), Importance.Of(inputs.Model.Of(portfolio)));
    }

    /// <summary>Hex SHA-256 of the report's canonical JSON without digest and publication.</summary>
    public static string DigestOf(RiskReport report) => Convert.ToHexStringLower(
        SHA256.HashData(CanonicalJson.Serialize(report with { Digest = null, Published = null }, ContractJson.Options)));

    private IEnumerable<PortfolioRisk> Measure(RiskInputs inputs, IEnumerable<int[]> portfolios)
    {
        var joint = new JointFailure(inputs.Model, FailedSets.JointOfAll, FailedSets.Joint);
        var shared = new JointFailure(inputs.Model, SharedByMode.JointOfAll, SharedByMode.Joint);
        var lowest = new JointFailure(inputs.Model.WithUnratedAt(0), FailedSets.JointOfAll, FailedSets.Joint);
        var highest = new JointFailure(inputs.Model.WithUnratedAt(1), FailedSets.JointOfAll, FailedSets.Joint);
        return portfolios.Select(portfolio =>
        {
            var model = inputs.Model.Of(portfolio);
            var alone = Enumerable.Range(0, portfolio.Length).Select(i => PortfolioMeasures.Alone(model, i)).ToArray();
            var (risk, independent) = (joint.Of(portfolio), PortfolioMeasures.Independent(alone));
            var (low, high) = PortfolioMeasures.Frechet(alone);
            return new PortfolioRisk(
                NameOf(inputs, portfolio), model.Techniques, risk, Lens == LensWithPosteriors ? shared.Of(portfolio) : null,
                PortfolioMeasures.WithFloor(risk, UnmodelledFloor), independent, independent == 0 ? null : risk / independent,
                PortfolioMeasures.EffectiveLayers(risk, alone), [low, high], [lowest.Of(portfolio), highest.Of(portfolio)],
                model.SafetyTax(), model.HasUnrated);
        });
    }

    internal IEnumerable<int[]> Main(RiskInputs inputs)
    {
        var n = inputs.Model.Techniques.Count;
        var named = Matrix.Portfolios.Select(portfolio => inputs.Model.IndexesOf(portfolio.Techniques));
        var singles = Enumerable.Range(0, n).Select(i => new[] { i });
        var all = n is > 1 and <= FailedSets.LargestPortfolio ? [Enumerable.Range(0, n).ToArray()] : Array.Empty<int[]>();
        return named.Concat(singles).Concat(all).DistinctBy(portfolio => string.Join(',', portfolio));
    }

    internal static IEnumerable<int[]> AllOf(int techniques) =>
        Enumerable.Range(1, (1 << techniques) - 1).OrderBy(set => BitOperations.PopCount((uint)set)).ThenBy(set => set)
            .Select(set => Enumerable.Range(0, techniques).Where(i => (set >> i & 1) == 1).ToArray());

    internal string? NameOf(RiskInputs inputs, int[] portfolio)
    {
        var named = Matrix.Portfolios.FirstOrDefault(known => inputs.Model.IndexesOf(known.Techniques).SequenceEqual(portfolio));
        if (named is not null) return named.Name;
        return portfolio.Length == inputs.Model.Techniques.Count && portfolio.Length > 1 ? Everything : null;
    }
}
