using System.Text;
using System.Text.Json;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class AggregateAgreementTests
{
    private static readonly JsonElement Vectors = Mesh.Vector("agreement.json");

    [Theory]
    [InlineData("krippendorff_binary_2obs", 0.09523809523809534)]
    [InlineData("single_disagreement_zero_alpha", 0.0)]
    public async Task Verdicts_give_the_published_alpha(string id, double nominal)
    {
        var names = new[] { "resistant", "vulnerable", "uncertain", "uncertain" };
        var agreement = (await AskAsync(Csv(id, value => $"{names[(int)value]},"))).GetProperty("agreement");
        Assert.Equal(nominal, agreement.GetProperty("krippendorff").GetProperty("nominal").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Numbers_give_the_published_interval_and_ratio_alpha_with_their_intervals_by_seed()
    {
        var csv = Csv("canonical_4obs_12units", value => $",{value / 10}");
        var alphas = (await AskAsync(csv, "--bootstrap", "20251013")).GetProperty("agreement").GetProperty("krippendorff");
        Assert.Equal(0.8491071428571428, alphas.GetProperty("interval").GetDouble(), 1e-9);
        Assert.Equal(0.7974027747116121, alphas.GetProperty("ratio").GetDouble(), 1e-9);
        var expected = Vectors.GetProperty("krippendorff_bootstrap_canonical").GetProperty("interval");
        Assert.Equal(expected.GetProperty("lo95").GetDouble(), alphas.GetProperty("interval95")[0].GetDouble(), 1e-9);
        Assert.Equal(expected.GetProperty("hi95").GetDouble(), alphas.GetProperty("interval95")[1].GetDouble(), 1e-9);
        var other = (await AskAsync(csv, "--bootstrap", "1")).GetProperty("agreement").GetProperty("krippendorff");
        Assert.Equal(alphas.GetProperty("ordinal").GetDouble(), other.GetProperty("ordinal").GetDouble());
        Assert.NotEqual(alphas.GetProperty("ordinal95").GetRawText(), other.GetProperty("ordinal95").GetRawText());
    }

    [Fact]
    public async Task The_json_has_its_promised_fields_and_null_with_a_reason_where_undefined()
    {
        var agreement = (await AskAsync("organisation,rater,technique,failure_mode,verdict\nA,1,T,M,resistant\nB,1,T,M,resistant\n"))
            .GetProperty("agreement");
        Assert.Equal(JsonValueKind.Null, agreement.GetProperty("krippendorff").GetProperty("ordinal").ValueKind);
        Assert.Equal(JsonValueKind.Null, agreement.GetProperty("krippendorff").GetProperty("ordinal95").ValueKind);
        Assert.Equal(JsonValueKind.Null, agreement.GetProperty("fleiss").ValueKind);
        Assert.Equal((1.0, 1.0, 1.0), (
            agreement.GetProperty("gwetAC1").GetDouble(), agreement.GetProperty("gwetAC2").GetDouble(),
            agreement.GetProperty("percentAgreement").GetDouble()));
        Assert.Equal("no_variation", agreement.GetProperty("undefined").GetProperty("ordinal").GetString());
        Assert.Equal((20251013, 2000, 2000), (
            agreement.GetProperty("bootstrap").GetProperty("seed").GetInt32(),
            agreement.GetProperty("bootstrap").GetProperty("replicates").GetInt32(),
            agreement.GetProperty("bootstrap").GetProperty("undefined").GetInt32()));
        var a = agreement.GetProperty("byOrganisation")[0];
        Assert.Equal("A", a.GetProperty("organisation").GetString());
        Assert.Equal("no_pairs", a.GetProperty("undefined").GetProperty("fleiss").GetString());
        Assert.Equal(2, agreement.GetProperty("betweenOrganisations").GetProperty("coders").GetInt32());
    }

    [Fact]
    public async Task Without_being_asked_for_agreement_is_left_out_and_a_seed_alone_is_refused()
    {
        const string csv = "technique,failure_mode,best\nT,M,0.5\n";
        var plain = await Mesh.PipeAsync(csv, "aggregate", "-", "--json");
        Assert.Equal(["method", "cells"], plain.Json.EnumerateObject().Select(property => property.Name));
        var refused = await Mesh.PipeAsync(csv, "aggregate", "-", "--bootstrap", "1");
        Assert.Equal(64, refused.Code);
        Assert.Contains("'--bootstrap' needs '--agreement'", refused.Error);
    }

    [Fact]
    public async Task The_table_has_a_row_for_all_raters_each_organisation_and_the_organisations()
    {
        var ran = await Mesh.PipeAsync(
            "organisation,rater,technique,failure_mode,verdict\nA,1,T,M,resistant\nA,2,T,M,resistant\nB,1,T,M,vulnerable\n",
            "aggregate", "-", "--agreement");
        Assert.Equal(0, ran.Code);
        Assert.Equal(["all raters", "raters of A", "raters of B", "organisations"], ran.Rows[3..7].Select(row => row[0]));
        Assert.Equal(["3", "1", "1", "33%", "0.000", "0.000 to 0.000"], ran.Rows[3][1..7]);
        Assert.Equal(["no variation", "-"], ran.Rows[4][5..7]);
        Assert.Equal(["no pairs", "-"], ran.Rows[5][5..7]);
        Assert.Equal(["agreement of", "nominal", "interval", "ratio", "Fleiss", "AC1", "AC2"], ran.Rows[7]);
        Assert.Equal(ran.Rows[3..7].Select(row => row[0]), ran.Rows[8..].Select(row => row[0]));
    }

    private static async Task<JsonElement> AskAsync(string csv, params string[] more)
    {
        var ran = await Mesh.PipeAsync(csv, ["aggregate", "-", "--json", "--agreement", .. more]);
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        return ran.Json;
    }

    /// <summary>A vector's coders as raters of as many techniques as there are units, unit by unit as a resample numbers them.</summary>
    private static string Csv(string id, Func<double, string> judged)
    {
        var vector = Vectors.GetProperty("krippendorff").EnumerateArray().Single(one => one.GetProperty("id").GetString() == id);
        var coders = vector.GetProperty("data");
        var csv = new StringBuilder("organisation,rater,technique,failure_mode,verdict,best\n");
        for (var unit = 0; unit < coders[0].GetArrayLength(); unit++)
            foreach (var (coder, row) in coders.EnumerateArray().Index().Where(pair => pair.Item[unit].ValueKind != JsonValueKind.Null))
                csv.Append($"o,r{coder},T{unit},M,{judged(row[unit].GetDouble())}\n");
        return csv.ToString();
    }
}
