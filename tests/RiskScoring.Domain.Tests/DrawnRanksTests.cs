using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class DrawnRanksTests
{
    private const int Draws = 101;

    private static readonly Gen<RiskDraws> Drawn =
        RiskDrawsTests.Knowledge(Gen.Bool.Select(shared => shared ? SharedBy.Mode : SharedBy.None))
            .Select(knowledge => RiskDraws.Of(knowledge, Draws, 3));

    [Fact]
    public void Places_are_counted_as_one_would_by_hand() =>
        Drawn.Sample(drawn =>
        {
            for (var portfolio = 1; portfolio < drawn.Portfolios; portfolio++)
            {
                var rivals = Enumerable.Range(1, drawn.Portfolios - 1)
                    .Where(other => int.PopCount(other) == int.PopCount(portfolio)).Select(other => drawn.Risks(other).ToArray()).ToArray();
                var own = drawn.Risks(portfolio).ToArray();
                int[] place = [.. own.Select((risk, k) => 1 + rivals.Count(rival => rival[k] < risk * (1 - 1e-12)))];
                var (places, mean) = DrawnRanks.OfPortfolio(drawn, portfolio);
                var counted = Enumerable.Range(1, Math.Min(10, rivals.Length)).Select(r => place.Count(p => p == r) / (double)Draws);
                Assert.Equal(counted, places);
                Assert.Equal(place.Average(), mean, 1e-12);
            }
        });

    [Fact]
    public void Of_two_portfolios_one_is_better_or_both_are_equal() =>
        Gen.Select(Drawn, Gen.Int[0, 31], Gen.Int[0, 31]).Sample((drawn, first, second) =>
        {
            var (one, other) = (first % drawn.Portfolios, second % drawn.Portfolios);
            var (better, equal) = DrawnRanks.Compare(drawn, one, other);
            var (worse, same) = DrawnRanks.Compare(drawn, other, one);
            Assert.Equal(1, better + equal + worse, 1e-12);
            Assert.Equal(equal, same);
            Assert.Equal(one == other, equal == 1 && better == 0 && one == other);
            var wins = drawn.Risks(one).ToArray().Zip(drawn.Risks(other).ToArray()).Count(pair => pair.First < pair.Second * (1 - 1e-12));
            Assert.Equal(wins / (double)Draws, better);
        });

    [Fact]
    public void Criticality_is_that_of_the_model_with_each_draws_numbers() =>
        Gen.Select(Drawn, Gen.Int[0, 30]).Sample((drawn, pick) =>
        {
            var portfolio = 1 + pick % (drawn.Portfolios - 1);
            var importance = new DrawnImportance(drawn, portfolio);
            foreach (var draw in new[] { 0, 7, Draws - 1 })
            {
                var expected = Importance.Of(RiskDrawsTests.ModelOf(drawn, draw).Portfolio(portfolio));
                for (var j = 0; j < expected.Count; j++)
                    Assert.Equal(expected[j].Criticality ?? 0, importance.Criticality(j)[draw], 1e-12);
            }
        });

    [Fact]
    public void Modes_are_ranked_by_criticality_in_every_draw() =>
        Drawn.Sample(drawn =>
        {
            var importance = new DrawnImportance(drawn, drawn.Portfolios - 1);
            var modes = drawn.Knowledge.Model.FailureModes.Count;
            for (var j = 0; j < modes; j++)
            {
                int[] place = [.. Enumerable.Range(0, Draws).Select(k => 1 + Enumerable.Range(0, modes)
                    .Count(other => importance.Criticality(other)[k] > importance.Criticality(j)[k] + 1e-12))];
                var (places, mean) = importance.Ranks(j);
                Assert.Equal(Enumerable.Range(1, modes).Select(r => place.Count(p => p == r) / (double)Draws), places);
                Assert.Equal(place.Average(), mean, 1e-12);
            }
        });
}
