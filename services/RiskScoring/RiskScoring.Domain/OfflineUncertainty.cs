using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>What the uncertainty of a model file's numbers does to the risk, as <c>mesh risk MODEL.json --uncertainty</c> asks.</summary>
/// <param name="Draws">Null means <see cref="ScoreUncertainty.StandardDraws"/>, or as many as the model allows.</param>
public sealed record OfflineUncertainty(OfflineModel Model, SharedBy Shared, long Seed, int? Draws)
{
    /// <summary>Every portfolio where all can be ranked in so many draws, otherwise single techniques, all together and the asked one.
    /// </summary>
    /// <param name="portfolio">Techniques to give importance and tornado for; null means all of them. Of more than
    /// <see cref="ScoreRisk.LargestListed"/> techniques only these are looked at.</param>
    /// <exception cref="RiskInputException">The model or the portfolio is not as described, or a work limit is passed.</exception>
    public UncertaintyFigures Figures(IReadOnlyList<string>? portfolio, CancellationToken token = default)
    {
        var all = Model.Build();
        int[] kept = all.Techniques.Count > ScoreRisk.LargestListed && portfolio is not null
            ? all.IndexesOf(portfolio)
            : [.. Enumerable.Range(0, all.Techniques.Count)];
        var model = all.Of(kept);
        var knowledge = new RiskKnowledge(model, Shared, Model.LikelihoodSds(), RatedBy(kept));
        var drawn = RiskDraws.Of(knowledge, Draws ?? RiskDraws.Standard(model), Seed, token);
        var asked = model.IndexesOf(portfolio ?? model.Techniques);
        var every = ScoreRisk.AllOf(model.Techniques.Count).Select(set => new ListedPortfolio(null, set)).ToArray();
        var figures = new DrawnFigures(drawn, CellInterval.Ends(model, Model.Unsettled()), null);
        return figures.Of(
            figures.MostDraws(every) >= drawn.Draws ? every : [.. every.Where(one => IsMain(one, model, asked))], asked, token);
    }

    private static bool IsMain(ListedPortfolio portfolio, RiskModel model, int[] asked) =>
        portfolio.Techniques.Length == 1 || portfolio.Techniques.Length == model.Techniques.Count
        || portfolio.Techniques.SequenceEqual(asked);

    /// <summary>Null when the file names no organisation.</summary>
    private RatedBy? RatedBy(int[] kept)
    {
        var numbers = Model.Vulnerability.SelectMany(row => row).Concat(Model.FailureModes.Select(mode => mode.Likelihood));
        return numbers.All(number => number.Organisations is null)
            ? null
            : new RatedBy(
                [.. kept.Select(i => (IReadOnlyList<IReadOnlyList<string>>)[.. Model.Vulnerability[i].Select(By)])],
                [.. Model.FailureModes.Select(mode => By(mode.Likelihood))]);

        static IReadOnlyList<string> By(OfflineNumber number) => number.Organisations ?? [];
    }
}
