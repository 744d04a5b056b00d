using System.Text.Json;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class KrippendorffTests
{
    private const double Exact = 1e-9;

    public static TheoryData<string> Cases => [.. AgreementVectorCases.Ids("krippendorff")];

    public static TheoryData<string> EdgeCases => [.. AgreementVectorCases.Ids("edge_cases")];

    [Fact]
    public void The_vectors_are_all_there() => Assert.Equal((5, 3), (Cases.Count, EdgeCases.Count));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_published_alpha_is_met(string id)
    {
        var (vector, units) = Read(id);
        foreach (var expected in vector.GetProperty("expected").EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Number))
        {
            var alpha = Krippendorff.Alpha(ReliabilityData.Of(units), AgreementVectorCases.Metric(expected.Name));
            Assert.Equal(expected.Value.GetDouble(), alpha.Value!.Value, Exact);
            Assert.Equal(expected.Value.GetDouble(), PairwiseAlpha.Of(units, AgreementVectorCases.Metric(expected.Name)), Exact);
        }

        foreach (var published in vector.GetProperty("published").EnumerateObject())
        {
            var alpha = Krippendorff.Alpha(ReliabilityData.Of(units), AgreementVectorCases.Metric(published.Name)).Value!.Value;
            var digits = published.Value.GetRawText().Split('.')[1].Length;
            Assert.Equal(published.Value.GetDouble(), Math.Round(alpha, digits), Exact);
        }
    }

    [Fact]
    public void The_canonical_nominal_alpha_is_the_exact_fraction() => Assert.Equal(
        113.0 / 152, Krippendorff.Alpha(ReliabilityData.Of(Read("canonical_4obs_12units").Units), AlphaMetric.Nominal).Value!.Value, 1e-15);

    [Theory]
    [InlineData(0, 14427679568817104176UL)]
    [InlineData(1, 593170268957857849UL)]
    [InlineData(2, 16422234778870749534UL)]
    public void The_generator_is_SplitMix64(int place, ulong expected)
    {
        var random = new SplitMix64(20251013);
        for (var i = 0; i < place; i++)
            random.Next();
        Assert.Equal(expected, random.Next());
        Assert.Equal($"{expected}", Bootstraps.GetProperty("splitmix_first3")[place].GetString());
    }

    [Theory]
    [InlineData("nominal")]
    [InlineData("ordinal")]
    [InlineData("interval")]
    public void The_bootstrap_has_the_recomputed_figures(string name)
    {
        var expected = Bootstraps.GetProperty(name);
        var data = ReliabilityData.Of(Read("canonical_4obs_12units").Units);
        var metric = AgreementVectorCases.Metric(name);
        var bootstrap = new Bootstrap(expected.GetProperty("seed").GetUInt64());
        Assert.Equal(expected.GetProperty("B").GetInt32(), bootstrap.Replicates);

        var alpha = Krippendorff.Alphas(data, [metric], bootstrap)[0];
        Assert.Equal(expected.GetProperty("alpha").GetDouble(), alpha.Value!.Value, Exact);
        Assert.Equal(expected.GetProperty("lo95").GetDouble(), alpha.Lower95!.Value, Exact);
        Assert.Equal(expected.GetProperty("hi95").GetDouble(), alpha.Upper95!.Value, Exact);
        Assert.Equal(expected.GetProperty("se").GetDouble(), alpha.StandardError!.Value, Exact);
        Assert.Equal(expected.GetProperty("undefined").GetInt32(), alpha.UndefinedReplicates);
        var first = Krippendorff.Replicates(data, [Disagreement.Create(data, metric)], bootstrap)[0][..5];
        foreach (var (one, other) in expected.GetProperty("first5").EnumerateArray().Zip(first))
            Assert.Equal(one.GetDouble(), other, Exact);
    }

    [Theory]
    [MemberData(nameof(EdgeCases))]
    public void Where_alpha_is_undefined_it_is_null_with_the_reason(string id)
    {
        var units = AgreementVectorCases.Turned(AgreementVectorCases.Rows(AgreementVectorCases.Find("edge_cases", id).GetProperty("data")));
        foreach (var metric in Enum.GetValues<AlphaMetric>())
        {
            var alpha = Krippendorff.Alphas(ReliabilityData.Of(units), [metric], new(1, 10))[0];
            Assert.Null(alpha.Value);
            Assert.Equal(id == "all_identical" ? Undefined.NoVariation : Undefined.NoPairs, alpha.Undefined);
            Assert.Equal((10, null, null), (alpha.UndefinedReplicates, alpha.Lower95, alpha.StandardError));
            Assert.True(double.IsNaN(PairwiseAlpha.Of(units, metric)));
        }
    }

    [Fact]
    public void Replicates_without_variation_are_counted_and_left_out_of_the_interval()
    {
        var data = ReliabilityData.Of([[1, 1], [2, 2]]);
        var alpha = Krippendorff.Alphas(data, [AlphaMetric.Nominal], new(7, 1000))[0];
        Assert.Equal((1.0, 1.0, 1.0), (alpha.Value, alpha.Lower95, alpha.Upper95));
        Assert.InRange(alpha.UndefinedReplicates, 430, 570);
    }

    [Fact]
    public void The_ratio_metric_refuses_negative_values_and_a_table_needs_one_value_a_coder()
    {
        Assert.Throws<ArgumentException>(() => Krippendorff.Alpha(ReliabilityData.Of([[-1, 1]]), AlphaMetric.Ratio));
        Assert.Throws<ArgumentException>(() => ReliabilityData.Of([[1, 1], [1]]));
        Assert.Throws<ArgumentException>(() => ReliabilityData.Of([[1, double.NaN]]));
    }

    private static JsonElement Bootstraps => AgreementVectorCases.File.GetProperty("krippendorff_bootstrap_canonical");

    private static (JsonElement Vector, double?[][] Units) Read(string id)
    {
        var vector = AgreementVectorCases.Find("krippendorff", id);
        Assert.Equal("coders", vector.GetProperty("rows").GetString());
        return (vector, AgreementVectorCases.Turned(AgreementVectorCases.Rows(vector.GetProperty("data"))));
    }
}
