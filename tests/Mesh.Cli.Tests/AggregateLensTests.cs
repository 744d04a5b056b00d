using System.Text.Json;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class AggregateLensTests
{
    private const string Ratings =
        "organisation,rater,technique,failure_mode,best,lower,upper\nA,a,T,M,0.7,0.6,0.8\n"
        + "B,b,T,M,0.2,0.1,0.3\nC,c,T,M,0.1,0,0.2\nA,a,T,N,0.5,,\n";

    [Fact]
    public async Task Every_cell_carries_every_lens_its_disagreement_and_who_moves_it()
    {
        var ran = await Mesh.PipeAsync(Ratings, "aggregate", "-", "--json");
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        var cells = ran.Json.GetProperty("cells").EnumerateArray().ToArray();
        var lenses = cells[0].GetProperty("lenses");
        Assert.Equal(20, lenses.EnumerateObject().Count());
        Assert.Equal(cells[0].GetProperty("mean").GetDouble(), lenses.GetProperty("rohl-1").GetDouble());
        Assert.Equal(0.28657568308228724, lenses.GetProperty("geometric-mean-of-odds").GetDouble(), 1e-12);
        Assert.Equal(0.21570156397149512, lenses.GetProperty("neyman-extremised-odds").GetDouble(), 1e-12);

        var disagreement = cells[0].GetProperty("disagreement");
        Assert.Equal(4.0 / 3 * (0.1344444444444444 + 0.0177777777777778 + 0.0544444444444444), At(disagreement, "between"), 1e-12);
        Assert.Equal((0, At(disagreement, "between")), (At(disagreement, "within"), At(disagreement, "total")));
        Assert.Equal(8 / 9.0, At(disagreement, "ordinal"), 1e-12);
        Assert.Equal(["A", "B", "C"], cells[0].GetProperty("influence").EnumerateObject().Select(one => one.Name));
        Assert.All(cells[0].GetProperty("influence").EnumerateObject(), one => Assert.InRange(Math.Abs(one.Value.GetDouble()), 0.001, 0.5));
    }

    [Fact]
    public async Task What_has_no_value_is_null_and_says_why()
    {
        var cell = (await Mesh.PipeAsync(Ratings, "aggregate", "-", "--json")).Json.GetProperty("cells")[1];
        Assert.Equal(JsonValueKind.Null, cell.GetProperty("lenses").GetProperty("int-w-agg").ValueKind);
        Assert.Equal("no_bounds", cell.GetProperty("undefinedLenses").GetProperty("int-w-agg").GetString());
        Assert.Equal(JsonValueKind.Null, cell.GetProperty("influence").GetProperty("A").ValueKind);
    }

    [Fact]
    public async Task Other_constants_are_shown_when_asked_for_per_cell_and_for_the_matrix()
    {
        var plain = await Mesh.PipeAsync(Ratings, "aggregate", "-", "--json");
        Assert.DoesNotContain("sensitivity", plain.Out, StringComparison.Ordinal);
        var asked = (await Mesh.PipeAsync(Ratings, "aggregate", "-", "--json", "--sensitivity")).Json;
        var rows = asked.GetProperty("sensitivity").EnumerateArray().ToArray();
        Assert.Equal(
            ["rho 0.2", "rho 0.5", "rho 0.8", "s-min 0.3", "s-min 0.6", "s-min 0.9", "nu 1", "nu 2", "nu 4"],
            rows.Select(row => $"{row.GetProperty("constant")} {row.GetProperty("value")}"));
        Assert.All(rows, row => Assert.Equal(2, row.GetProperty("ratedCells").GetInt32()));
        Assert.Equal(0, rows[1].GetProperty("largestShift").GetDouble());
        var cell = asked.GetProperty("cells")[0];
        Assert.Equal(At(cell, "mean"), At(cell.GetProperty("sensitivity")[1], "mean"));
        Assert.NotEqual(At(cell, "mean"), At(cell.GetProperty("sensitivity")[8], "mean"));
    }

    [Fact]
    public async Task The_table_names_range_agreement_and_the_strongest_organisation()
    {
        var ran = await Mesh.PipeAsync(Ratings, "aggregate", "-", "--sensitivity");
        Assert.Equal(["all methods", "same verdict", "most influence"], ran.Rows[0][8..]);
        Assert.Matches("^[0-9]+% to [0-9]+%$", ran.Rows[1][8]);
        Assert.Matches("^[0-9]+ of 18$", ran.Rows[1][9]);
        Assert.Matches("^B -[0-9.]+ points, fragile$", ran.Rows[1][10]);
        Assert.Equal(9, ran.Rows.Count(row => row[0] is "rho" or "s-min" or "nu"));
    }

    private static double At(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
