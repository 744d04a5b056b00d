using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class OfflineUncertaintyTests
{
    private const string Two = """
        {"techniques":["RLHF","RE"],
         "failureModes":[{"id":"S-TAX","likelihood":{"mean":0.1,"sd":0.05,"organisations":["A"]}},{"id":"AL-GEN","likelihood":0.2}],
         "vulnerability":[[{"beta":[1,1],"organisations":["A","B"]},{"mean":0.9,"sd":0.1,"organisations":["B"]}],
                          [0,{"mean":0.5,"sd":0.2,"bounds":[0,1]}]]}
        """;

    [Fact]
    public void A_model_file_gives_the_distribution_of_every_portfolio()
    {
        var figures = Figures(Two, SharedBy.None);
        Assert.Equal((3, 1), (figures.Sampling.UncertainCells, figures.Sampling.UncertainLikelihoods));
        Assert.Equal(["RLHF", "RE", "RLHF+RE"], figures.Portfolios.Select(portfolio => string.Join('+', portfolio.Techniques)));
        Close.To(0.1, figures.Portfolios[1].Mean);
        Assert.Equal(0.1, figures.Portfolios[1].SampledMean, 2e-6);

        // RE fails with the one mode only: a fifth of Beta's quantiles.
        Assert.Equal(0.2 * BetaQuantile.Of(0.5, 0.2, 0.95), figures.Portfolios[1].Quantiles.P95, 1e-4);
        Assert.Equal([0, 0.2], figures.Portfolios[1].OpenBounds!);
        Assert.Equal(
            ["cell RE/AL-GEN", "cell RLHF/AL-GEN", "cell RLHF/S-TAX", "likelihood S-TAX"],
            figures.Tornado.Select(swing => $"{swing.Kind} {swing.Name}").Order());
    }

    [Fact]
    public void Organisations_move_what_they_rated_and_nobodys_numbers_move_alone() => Assert.Equal(
        ["cell RE/AL-GEN", "organisation A", "organisation B"],
        Figures(Two, SharedBy.Organisation).Tornado.Select(swing => $"{swing.Kind} {swing.Name}").Order());

    [Fact]
    public void Without_any_organisation_none_can_be_shared() => Assert.Equal(
        "shared is organisation; allowed: none, mode or all where it is not stated which organisations rated what.",
        Assert.Throws<RiskInputException>(() => Figures(
            """{"techniques":["A"],"failureModes":[{"id":"F","likelihood":0.5}],"vulnerability":[[{"beta":[1,1]}]]}""",
            SharedBy.Organisation)).Message);

    [Fact]
    public void Twelve_techniques_are_drawn_as_often_as_they_may_and_not_all_listed()
    {
        var figures = new OfflineUncertainty(Wide(12), SharedBy.Mode, 1, null).Figures(["T3", "T5"]);
        Assert.Equal(4096, figures.Sampling.Draws);
        Assert.Equal(14, figures.Portfolios.Count);
        Assert.Equal(66, figures.Portfolios.Single(portfolio => portfolio.Techniques.Count == 2).SameSize);
    }

    [Fact]
    public void Thirteen_techniques_are_drawn_for_a_portfolio_only()
    {
        Assert.Equal(
            "techniques",
            Assert.Throws<RiskInputException>(() => new OfflineUncertainty(Wide(13), SharedBy.Mode, 1, null).Figures(null)).Field);
        var figures = new OfflineUncertainty(Wide(13), SharedBy.Mode, 1, null).Figures(["T12", "T5"]);
        Assert.Equal(["T5", "T12"], figures.ImportanceOf);
        Assert.Equal(3, figures.Portfolios.Count);
    }

    private static UncertaintyFigures Figures(string json, SharedBy shared) =>
        new OfflineUncertainty(JsonSerializer.Deserialize<OfflineModel>(json, ContractJson.Options)!, shared, 1, null).Figures(null);

    private static OfflineModel Wide(int techniques) => new(
        [.. Enumerable.Range(0, techniques).Select(i => $"T{i}")], [new("F", new OfflineNumber(0.3))],
        [.. Enumerable.Range(0, techniques).Select(i => (OfflineNumber[])[new OfflineNumber(0.2 + 0.05 * i, 0.1)])]);
}
