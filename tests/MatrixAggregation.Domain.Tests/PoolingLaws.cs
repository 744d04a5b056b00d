using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class PoolingLaws
{
    private const double Tolerance = 1e-12;
    private const int Cases = 10_000;

    [Fact]
    public void Every_cell_has_finite_numbers_in_their_ranges_and_in_their_order() => Ratings.Cell.Sample(ratings =>
    {
        var p = Rohl1.Pool(ratings)!.Value;
        Assert.True(p.Lower90 > 0 && p.Lower90 < p.Median && p.Median < p.Upper90 && p.Upper90 < 1, $"{p}");
        Assert.InRange(p.Mean, p.Lower90, p.Upper90);
        Assert.InRange(p.Sd, 1e-6, 0.5);
        Assert.InRange(p.PResistant, 0, 1);
        Assert.InRange(p.PUncertain, 0, 1);
        Assert.InRange(p.PVulnerable, -1e-12, 1);
        Assert.Equal(1, p.PResistant + p.PUncertain + p.PVulnerable, Tolerance);
        Assert.InRange(p.Tau, Rohl1Tables.Tau[0], Rohl1Tables.Tau[^1]);
        Assert.InRange(Crisp.Pool(ratings)!.Value.Mean, 0, 1);
    }, iter: Cases);

    [Fact]
    public void Turning_every_judgement_round_turns_the_consensus_round() => Ratings.Cell.Sample(ratings =>
    {
        var p = Rohl1.Pool(ratings)!.Value;
        var mirrored = Rohl1.Pool(Array.ConvertAll(ratings, Ratings.Mirror))!.Value;
        Assert.Equal(1 - p.Mean, mirrored.Mean, Tolerance);
        Assert.Equal(1 - p.Median, mirrored.Median, Tolerance);
        Assert.Equal(1 - p.Lower90, mirrored.Upper90, Tolerance);
        Assert.Equal(p.PResistant, mirrored.PVulnerable, Tolerance);
        Assert.Equal(p.PUncertain, mirrored.PUncertain, Tolerance);
        Assert.Equal(p.Sd, mirrored.Sd, Tolerance);
        Assert.Equal(p.Tau, mirrored.Tau, Tolerance);
        Assert.Equal(1 - Crisp.Pool(ratings)!.Value.Mean, Crisp.Pool(Array.ConvertAll(ratings, Ratings.Mirror))!.Value.Mean, Tolerance);
    }, iter: Cases);

    [Fact]
    public void The_order_in_which_ratings_arrive_does_not_show_in_a_bit() =>
        Gen.Select(Ratings.Cell, Gen.Int[0, 23]).Sample((ratings, turn) =>
        {
            var shuffled = ratings.Skip(turn % ratings.Length).Concat(ratings.Take(turn % ratings.Length)).Reverse();
            Assert.Equal(Rohl1.Pool(ratings), Rohl1.Pool(Rating.InOrder(shuffled)));
        }, iter: Cases);

    [Fact]
    public void What_organisations_and_raters_are_called_does_not_matter() => Ratings.Cell.Sample(ratings =>
    {
        var renamed = Rating.InOrder(ratings.Select(rating =>
            rating with { Organisation = $"x{9 - (rating.Organisation[1] - '0')}", Rater = $"y{9 - (rating.Rater[1] - '0')}" }));
        var (p, q) = (Rohl1.Pool(ratings)!.Value, Rohl1.Pool(renamed)!.Value);
        Assert.Equal(p.Mean, q.Mean, Tolerance);
        Assert.Equal(p.Sd, q.Sd, Tolerance);
        Assert.Equal(p.Tau, q.Tau, Tolerance);
        Assert.Equal(Crisp.Pool(ratings)!.Value.Mean, Crisp.Pool(renamed)!.Value.Mean, Tolerance);
    }, iter: Cases);

    [Fact]
    public void A_change_of_a_millionth_in_any_number_moves_the_mean_by_less_than_a_ten_thousandth() =>
        Gen.Select(Ratings.Cell, Gen.Int[0, 23], Gen.Int[0, 3]).Sample(
            (ratings, which, field) =>
            {
                var moved = (Rating[])ratings.Clone();
                var at = which % ratings.Length;
                moved[at] = Moved(ratings[at], field);
                Assert.InRange(Math.Abs(Rohl1.Pool(moved)!.Value.Mean - Rohl1.Pool(ratings)!.Value.Mean), 0, 1e-4);
            },
            iter: Cases);

    [Fact]
    public void A_hundred_more_raters_of_one_organisation_move_the_mean_no_further_than_a_sure_organisation_could() =>
        Gen.Select(Ratings.Cell, Ratings.Judgement, Gen.Int[1, 100]).Sample(
            (ratings, judgement, count) =>
            {
                var more = Enumerable.Range(0, count).Select(i => judgement with { Organisation = "o0", Rater = $"s{i:000}" });
                var flooded = Rating.InOrder(ratings.Concat(more));
                var bound = InfluenceBound([.. ratings.Where(rating => rating.Organisation != "o0")]);
                var mean = Rohl1.Pool(flooded)!.Value.Mean;
                Assert.InRange(mean, bound.Lowest, bound.Highest);
            },
            // Each case scans 658 fits for what one organisation could bring about.
            iter: 200);

    [Fact]
    public void An_organisation_that_agrees_narrows_the_interval() => Ratings.Judgement.Sample(judgement =>
    {
        Rating[] joined = [.. "abcd".Select(name => judgement with { Organisation = $"{name}", Rater = "r" })];
        var alone = joined[..3];
        Assert.True(Width(joined) < Width(alone), $"{Width(joined)} must be below {Width(alone)}");
    }, iter: Cases);

    private static Rating Moved(Rating rating, int field) => field switch
    {
        0 => rating with { Best = Near(rating.Best) },
        1 => rating with { Lower = Near(rating.Lower) },
        2 => rating with { Upper = Near(rating.Upper) },
        _ => rating with { Confidence = Near(rating.Confidence) },
    };

    private static double? Near(double? value) => value is { } number ? number < 0.5 ? number + 1e-6 : number - 1e-6 : null;

    // The means that organisation o0 can bring about whatever it says: its location anywhere on a grid of step 0.1 in the
    // admissible logits, its variance the least and the most that any number of raters has (v/2 for infinitely many to 7).
    private static (double Lowest, double Highest) InfluenceBound(Rating[] others)
    {
        var (lowest, highest) = (1.0, 0.0);
        foreach (var variance in new[] { 0.46, 0.6, 0.8, 1.2, 2.0, 3.5, 6.9 })
        {
            for (var y = -4.6; y <= 4.65; y += 0.1)
            {
                var summaries = new[] { new OrganisationSummary("o0", 1, y, variance, 1, 0, 0) }.Concat(
                    others.GroupBy(rating => rating.Organisation).Select(group => OrganisationSummary.Of([.. group])));
                var mean = MeanOf([.. summaries]);
                (lowest, highest) = (Math.Min(lowest, mean), Math.Max(highest, mean));
            }
        }

        return (lowest - 0.005, highest + 0.005);
    }

    private static double MeanOf(OrganisationSummary[] organisations)
    {
        var grid = new double[Rohl1Grid.Nodes];
        var mu = new double[Rohl1Grid.MuNodes];
        Rohl1Grid.Fill(grid, organisations, Rohl1Policy.Default);
        Rohl1Grid.Marginals(grid, mu, new double[Rohl1Grid.TauNodes]);
        return mu.Zip(Rohl1Tables.Probability.ToArray(), (mass, p) => mass * p).Sum() / mu.Sum();
    }

    private static double Width(Rating[] ratings) =>
        Rohl1.Pool(ratings) is { } p ? Observation.Logit(p.Upper90) - Observation.Logit(p.Lower90) : double.NaN;
}
