using System.Text;
using System.Text.Json;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class AggregateTests
{
    private static readonly JsonElement Cases = Mesh.Vector("rohl1.json").GetProperty("cases");

    public static TheoryData<string> Names => [.. Cases.EnumerateObject().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_file_gives_the_numbers_of_the_reference(string name)
    {
        var (ratings, expected) = (Cases.GetProperty(name).GetProperty("ratings"), Cases.GetProperty(name).GetProperty("expected"));
        var ran = await Mesh.PipeAsync(Csv(ratings), "aggregate", "-", "--json");
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Equal("rohl-1", ran.Json.GetProperty("method").GetString());
        if (ratings.GetArrayLength() == 0)
        {
            Assert.Equal(0, ran.Json.GetProperty("cells").GetArrayLength());
            return;
        }

        var cell = ran.Json.GetProperty("cells").EnumerateArray().Single();
        Assert.Equal(expected.GetProperty("n_raters").GetInt32(), cell.GetProperty("raters").GetInt32());
        Assert.Equal(expected.GetProperty("n_orgs").GetInt32(), cell.GetProperty("organisations").GetInt32());
        Assert.Equal(expected.GetProperty("verdict").GetString(), cell.GetProperty("verdict").GetString());
        Assert.Equal(expected.GetProperty("status").GetString(), cell.GetProperty("status").GetString());
        foreach (var (field, vector) in Numbers)
            Assert.Equal(expected.GetProperty(vector).GetDouble(), cell.GetProperty(field).GetDouble(), 1e-12);
    }

    [Fact]
    public async Task Cells_come_in_the_order_of_the_file_and_those_nobody_rated_are_null()
    {
        var ran = await Mesh.PipeAsync("technique,failure_mode,verdict\nB,Y,vulnerable\nA,X,resistant\n", "aggregate", "-", "--json");
        var cells = ran.Json.GetProperty("cells").EnumerateArray().ToArray();
        Assert.Equal(
            ["B Y single_source", "B X no_data", "A Y no_data", "A X single_source"],
            cells.Select(cell => $"{cell.GetProperty("technique")} {cell.GetProperty("failureMode")} {cell.GetProperty("status")}"));
        Assert.Equal(JsonValueKind.Null, cells[1].GetProperty("mean").ValueKind);
        Assert.Equal(JsonValueKind.Null, cells[1].GetProperty("verdict").ValueKind);
        Assert.Equal(
            [
                "technique", "failureMode", "raters", "organisations", "mean", "sd", "median", "lower90", "upper90",
                "pResistant", "pUncertain", "pVulnerable", "tau", "verdict", "status", "lenses", "undefinedLenses", "lensRange",
                "disagreement", "influence", "fragile",
            ],
            cells[1].EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task A_later_round_supersedes_and_a_withdrawal_leaves_nothing()
    {
        const string header = "organisation,rater,technique,failure_mode,round,best,submitted_at,withdrawn\n";
        var superseded = await Mesh.PipeAsync(
            header + "o,r,T,M,2,0.9,,\no,r,T,M,1,0.1,2026-01-01T00:00:00Z,\n", "aggregate", "-", "--json");
        var alone = await Mesh.PipeAsync(header + "o,r,T,M,1,0.9,,\n", "aggregate", "-", "--json");
        Assert.Equal(alone.Out, superseded.Out);
        var withdrawn = await Mesh.PipeAsync(header + "o,r,T,M,1,0.9,,\no,r,T,M,2,,,true\n", "aggregate", "-", "--json");
        Assert.Equal("no_data", withdrawn.Json.GetProperty("cells")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Likelihoods_and_taxes_are_no_cells()
    {
        var ran = await Mesh.PipeAsync("technique,failure_mode,best\nT,M,0.5\n,M,0.2\nT,,3.5\n", "aggregate", "-", "--json");
        Assert.Equal(0, ran.Code);
        Assert.Equal(1, ran.Json.GetProperty("cells").EnumerateArray().Single().GetProperty("raters").GetInt32());
    }

    [Theory]
    [InlineData("T,M,maybe,,,", "row 3, verdict: verdict is 'maybe'; allowed: resistant, uncertain or vulnerable.")]
    [InlineData("T,M,,1.01,,", "row 3, best: best is '1.01'; allowed: a number from 0 to 1.")]
    [InlineData("T,M,,abc,,", "row 3, best: best is 'abc'; allowed: a number from 0 to 1.")]
    [InlineData("T,M,,NaN,,", "row 3, best: best is 'NaN'; allowed: a number from 0 to 1.")]
    [InlineData("T,M,,,,", "row 3, best: verdict and best are empty; allowed: a verdict, a number in best, or both.")]
    [InlineData(",,,0.5,,", "row 3, technique: technique and failure_mode are empty; allowed: at least one of them.")]
    [InlineData(",M,vulnerable,0.5,,", "row 3, verdict: verdict is 'vulnerable'; allowed: none, verdicts are for technique x")]
    [InlineData("T,M,,0.5,first,", "row 3, round: round is 'first'; allowed: a round's number such as 1, or empty.")]
    [InlineData("T,M,,0.5,,perhaps", "row 3, withdrawn: withdrawn is 'perhaps'; allowed: true, false, 1, 0 or empty.")]
    public async Task A_bad_row_is_named_with_column_and_value_while_the_others_count(string row, string message)
    {
        var ran = await Mesh.PipeAsync(
            $"technique,failure_mode,verdict,best,round,withdrawn\nT,M,resistant,,,\n{row}\n", "aggregate", "-", "--json");
        Assert.Equal(65, ran.Code);
        Assert.Contains(message, ran.Error);
        Assert.Equal(1, ran.Json.GetProperty("cells")[0].GetProperty("raters").GetInt32());
    }

    [Fact]
    public async Task A_file_without_id_columns_is_refused_as_a_whole()
    {
        var ran = await Mesh.PipeAsync("organisation,best\no,0.5\n", "aggregate", "-");
        Assert.Equal(65, ran.Code);
        Assert.Contains("header is 'organisation,best'; allowed: one with technique, failure_mode or both", ran.Error);
    }

    [Fact]
    public async Task An_unknown_column_is_named_with_the_one_that_was_meant()
    {
        var ran = await Mesh.PipeAsync("technique,failure_mode,verdit\nT,M,resistant\n", "aggregate", "-");
        Assert.Contains("column 'verdit' is not used. Did you mean 'verdict'?", ran.Error);
    }

    [Fact]
    public async Task In_a_pipe_the_table_is_tab_separated_without_escapes_or_wrapping()
    {
        var technique = new string('x', 200);
        var ran = await Mesh.PipeAsync($"technique,failure_mode,best\n{technique},M,0.5\n", "aggregate", "-");
        Assert.Equal(2, ran.Rows.Length);
        Assert.Equal([technique, "M", "50%"], ran.Rows[1][..3]);
        Assert.DoesNotContain('\u001b', ran.Out);
    }

    private static readonly (string Field, string Vector)[] Numbers =
    [
        ("mean", "mean"), ("sd", "sd"), ("median", "median"), ("lower90", "lo90"), ("upper90", "hi90"), ("pResistant", "pR"),
        ("pUncertain", "pU"), ("pVulnerable", "pV"), ("tau", "tau_mean"),
    ];

    private static string Csv(JsonElement ratings)
    {
        var csv = new StringBuilder("organisation,rater,technique,failure_mode,verdict,best,lower,upper,confidence\n");
        foreach (var rating in ratings.EnumerateArray())
        {
            string Text(string name) => rating.TryGetProperty(name, out var value) ? value.ToString() : "";
            var verdict = Text("verdict") switch { "R" => "resistant", "U" => "uncertain", "V" => "vulnerable", _ => "" };
            csv.Append($"{Text("org")},{Text("rater")},T,M,{verdict},{Text("best")},{Text("lower")},{Text("upper")},{Text("conf")}\n");
        }

        return csv.ToString();
    }
}
