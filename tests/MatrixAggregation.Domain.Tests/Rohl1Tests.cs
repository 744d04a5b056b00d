using System.Text.Json;
using AlignmentMesh.Tests;
using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class Rohl1Tests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Cases => [.. Rohl1VectorCases.Names];

    [Fact]
    public void The_reference_has_23_cases() => Assert.Equal(23, Rohl1VectorCases.Names.Count());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_number_of_the_reference_is_met_to_twelve_digits(string name)
    {
        var (ratings, expected) = Rohl1VectorCases.Read(name);
        var posterior = Rohl1.Compute(ratings, Rohl1Policy.Default, parts: null);
        Near(expected, "mean", posterior.Mean);
        Near(expected, "sd", posterior.Sd);
        Near(expected, "median", posterior.Median);
        Near(expected, "lo90", posterior.Lower90);
        Near(expected, "hi90", posterior.Upper90);
        Near(expected, "pR", posterior.PResistant);
        Near(expected, "pU", posterior.PUncertain);
        Near(expected, "pV", posterior.PVulnerable);
        Near(expected, "tau_mean", posterior.Tau);
        if (ratings.Length > 0)
        {
            Near(expected, "d_between", posterior.Between);
            Near(expected, "d_within", posterior.Within);
        }

        Assert.Equal(expected.GetProperty("verdict").GetString(), Verdicts.Name(posterior.Verdict));
        Assert.Equal(expected.GetProperty("status").GetString(), posterior.Status);
        Assert.Equal(expected.GetProperty("n_raters").GetInt32(), posterior.Raters);
        Assert.Equal(expected.GetProperty("n_orgs").GetInt32(), posterior.Organisations);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_organisation_summary_of_the_reference_is_met_to_twelve_digits(string name)
    {
        var (ratings, expected) = Rohl1VectorCases.Read(name);
        var organisations = ratings.GroupBy(rating => rating.Organisation).ToArray();
        Assert.Equal(expected.GetProperty("orgs").EnumerateObject().Count(), organisations.Length);
        foreach (var organisation in organisations)
        {
            var summary = OrganisationSummary.Of([.. organisation]);
            var reference = expected.GetProperty("orgs").GetProperty(organisation.Key);
            Near(reference, "y", summary.Y);
            Near(reference, "V", summary.V);
            Near(reference, "neff", summary.EffectiveRaters);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Dividing_an_organisation_out_equals_the_reference_refit_without_it(string name)
    {
        var (ratings, expected) = Rohl1VectorCases.Read(name);
        if (Rohl1.Explain(ratings) is not { } explained)
        {
            Assert.Empty(ratings);
            return;
        }

        Assert.Equal(Rohl1.Pool(ratings), explained.Posterior);
        foreach (var part in explained.Parts)
        {
            var others = ratings.Where(rating => rating.Organisation != part.Organisation).ToArray();
            if (Rohl1.Pool(others) is not { } without)
            {
                Assert.Null(part.Influence);
                Assert.False(part.FlipsVerdict);
                continue;
            }

            Near(expected.GetProperty("loo"), part.Organisation, part.Influence!.Value);
            Assert.Equal(without.Verdict != explained.Posterior.Verdict, part.FlipsVerdict);
        }
    }

    [Fact]
    public void Nothing_rated_is_no_number_and_never_one_half()
    {
        Assert.Null(Rohl1.Pool([]));
        Assert.Null(Rohl1.Explain([]));
    }

    [Fact]
    public void The_vectorised_grid_has_the_bits_of_the_plain_loop() =>
        Gen.Int[1, 70].SelectMany(count => Gen.Select(Gen.Double[-4.6, 4.6], Gen.Double[0.4, 7]).Array[count]).Sample(
            pairs =>
            {
                OrganisationSummary[] organisations =
                    [.. pairs.Select(pair => new OrganisationSummary("o", 1, pair.Item1, pair.Item2, 1, 0, 0))];
                var vector = new double[Rohl1Grid.Nodes];
                Rohl1Grid.Fill(vector, organisations, Rohl1Policy.Default);
                var mu = new double[Rohl1Grid.MuNodes];
                var tau = new double[Rohl1Grid.TauNodes];
                Rohl1Grid.Marginals(vector, mu, tau);

                var scalar = ScalarRohl1.Grid(organisations, Rohl1Tables.Tau.ToArray(), Rohl1Tables.Prior.ToArray());
                Assert.Equal(scalar.SelectMany(row => row), vector);
                Assert.Equal(ScalarRohl1.MarginalOfMu(scalar), mu);
                Assert.Equal(ScalarRohl1.MarginalOfTau(scalar, tau.Length), tau);
            },
            iter: 100);

    [Fact]
    public void The_tables_are_what_their_formulas_say()
    {
        var tau = Rohl1VectorCases.Constants.GetProperty("tau_nodes").EnumerateArray().Select(node => node.GetDouble());
        Assert.Equal(tau, Rohl1Tables.Tau.ToArray());
        Assert.Equal(Enumerable.Range(0, 241).Select(k => -6 + 0.05 * k), Rohl1Tables.Mu.ToArray());
        for (var k = 0; k < 241; k++)
        {
            var z = Rohl1Tables.Mu[k] / Rohl1VectorCases.Constants.GetProperty("sigma0").GetDouble();
            Assert.Equal(Math.Exp(-0.5 * z * z), Rohl1Tables.Prior[k], 1e-15);
            Assert.Equal(1 / (1 + Math.Exp(-Rohl1Tables.Mu[k])), Rohl1Tables.Probability[k], 1e-15);
        }
    }

    [Fact]
    public void Ratings_out_of_order_or_doubled_are_refused()
    {
        var (a, b) = (new Rating("A", "a", Verdict.Resistant), new Rating("B", "b", Verdict.Vulnerable));
        Assert.Throws<ArgumentException>(() => Rohl1.Pool([b, a]));
        Assert.Throws<ArgumentException>(() => Rohl1.Pool([a, a]));
        Assert.NotNull(Rohl1.Pool([a, b]));
    }

    [Fact]
    public void Pooling_a_hundred_organisations_allocates_next_to_nothing()
    {
        var (ratings, _) = Rohl1VectorCases.Read("hundred_organisations");
        // Optimised code allocates nothing; unoptimised code makes an object each time it looks up a table.
        Assert.InRange(Allocated.Least(() => Rohl1.Pool(ratings)), 0, 2048);
    }

    private static void Near(JsonElement expected, string name, double actual) =>
        Assert.Equal(expected.GetProperty(name).GetDouble(), actual, Tolerance);
}
