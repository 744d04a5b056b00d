using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Carries what the ratings leave open to the risk of one matrix version under one lens: a pure function of the matrix and these
/// numbers. A cell has the standard deviation that its lens gives it; a likelihood that several organisations rated has that of the
/// even spread from the lowest of them to the highest, (highest - lowest) / sqrt 12, and any other is certain.
/// </summary>
/// <param name="Seed">0..<see cref="RiskDraws.LargestSeed"/>.</param>
/// <param name="Draws">See <see cref="RiskDraws"/>; null means <see cref="StandardDraws"/>, or as many as the model allows.</param>
/// <param name="Shared">Not by organisation: a matrix does not say whose ratings its cells rest on.</param>
public sealed record ScoreUncertainty(ConsensusMatrix Matrix, string Lens, long Seed, int? Draws, SharedBy Shared)
{
    public const long StandardSeed = 1;
    public const int StandardDraws = 10_000;

    /// <param name="portfolio">Ids for which importance and tornado are given; null means all techniques. Of a study of more than
    /// <see cref="ScoreRisk.LargestListed"/> techniques only these are looked at.</param>
    /// <exception cref="RiskInputException">An unknown lens or technique, or a work limit is passed.</exception>
    public RiskUncertainty Report(PortfolioChoice choice, IReadOnlyList<string>? portfolio, CancellationToken token = default)
    {
        var inputs = RiskInputs.From(Matrix, Lens);
        var model = inputs.Model;
        if (portfolio is not null && model.Techniques.Count > ScoreRisk.LargestListed)
            model = model.Of(model.IndexesOf(portfolio));
        var knowledge = new RiskKnowledge(model, Shared, LikelihoodSds(Matrix));
        var drawn = RiskDraws.Of(knowledge, Draws ?? RiskDraws.Standard(model), Seed, token);
        var figures = new DrawnFigures(
            drawn, CellInterval.Ends(model, CellInterval.OpenIn(Matrix, Lens)),
            CellInterval.Ends(model, CellInterval.ContestedIn(Matrix, Lens)));
        var asked = model.IndexesOf(portfolio ?? model.Techniques);
        return new RiskUncertainty(
            Matrix.Study, Matrix.Label, Matrix.Version, Lens, ScoreRisk.Method, ScoreRisk.Statement, Matrix.Digest!, inputs.Assumptions,
            figures.Of(Listed(inputs with { Model = model }, choice, asked), asked, token));
    }

    /// <summary>Of every failure mode's likelihood.</summary>
    internal static double[] LikelihoodSds(ConsensusMatrix matrix)
    {
        var byMode = matrix.Likelihoods.ToDictionary(likelihood => likelihood.Id);
        return [.. matrix.FailureModes.Select(mode => byMode[mode.Id]).Select(likelihood =>
            ((likelihood.Highest ?? 0) - (likelihood.Lowest ?? 0)) / Math.Sqrt(12))];
    }

    private List<ListedPortfolio> Listed(RiskInputs inputs, PortfolioChoice choice, int[] asked)
    {
        var within = Matrix.Portfolios.Where(named => named.Techniques.All(inputs.Model.Techniques.Contains));
        var scoring = new ScoreRisk(Matrix with { Portfolios = [.. within] }, Lens);
        var sets = choice == PortfolioChoice.All ? ScoreRisk.AllOf(inputs.Model.Techniques.Count) : scoring.Main(inputs).Append(asked);
        return [.. sets.DistinctBy(set => string.Join(',', set)).Select(set => new ListedPortfolio(scoring.NameOf(inputs, set), set))];
    }
}
