namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class EvaluateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mesh-evaluate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_claims_are_scored_and_attacked()
    {
        await WriteAsync("paper_id,outcome\nx,1\ny,0\n");
        var ran = await Mesh.RunAsync("aggregate", "evaluate", "--data", _folder, "--json");
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        var score = ran.Json.GetProperty("scores").EnumerateArray().Single(row => row.GetProperty("lens").GetString() == "arithmetic-mean");
        Assert.Equal((0.04 + 0.09) / 2, score.GetProperty("brier").GetDouble(), 1e-12);
        Assert.Equal(19, ran.Json.GetProperty("attack").GetArrayLength());
    }

    [Fact]
    public async Task Tables_go_between_the_marks_of_a_page_and_nowhere_else()
    {
        await WriteAsync("paper_id,outcome\nx,1\ny,0\n");
        var page = Path.Combine(_folder, "page.md");
        await File.WriteAllTextAsync(
            page, "before\n<!-- mesh aggregate evaluate: begin -->\nold\n<!-- mesh aggregate evaluate: end -->\nafter\n");
        Assert.Equal(0, (await Mesh.RunAsync("aggregate", "evaluate", "--data", _folder, "-o", page)).Code);
        var text = await File.ReadAllTextAsync(page);
        Assert.StartsWith("before\n<!--", text, StringComparison.Ordinal);
        Assert.EndsWith("-->\nafter\n", text, StringComparison.Ordinal);
        Assert.Contains("| arithmetic-mean | 0.065 |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("old", text, StringComparison.Ordinal);

        await File.WriteAllTextAsync(page, "no marks\n");
        var refused = await Mesh.RunAsync("aggregate", "evaluate", "--data", _folder, "-o", page);
        Assert.Equal(65, refused.Code);
        Assert.Equal("no marks\n", await File.ReadAllTextAsync(page));
    }

    [Fact]
    public async Task A_claim_without_outcome_and_a_folder_without_files_are_refused()
    {
        await WriteAsync("paper_id,outcome\nx,1\n");
        var unknown = await Mesh.RunAsync("aggregate", "evaluate", "--data", _folder);
        Assert.Equal(65, unknown.Code);
        Assert.Contains("no outcome of claim y", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(64, (await Mesh.RunAsync("aggregate", "evaluate", "--data", Path.Combine(_folder, "none"))).Code);
    }

    [SkippableFact]
    public async Task The_documentation_shows_what_the_command_gives()
    {
        var data = Above("shared/data/aggrecat_sips_ratings.csv");
        Skip.If(data is null, "Third-party data is not part of the project: no shared/data above the tests.");
        var page = Path.Combine(_folder, "page.md");
        var documented = Above("docs/methods/aggregation.md")!;
        File.Copy(documented, page);
        Assert.Equal(0, (await Mesh.RunAsync("aggregate", "evaluate", "--data", Path.GetDirectoryName(data)!, "-o", page)).Code);
        Assert.Equal(await File.ReadAllTextAsync(documented), await File.ReadAllTextAsync(page));
    }

    private static string? Above(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, file) is var path && File.Exists(path))
                return path;
        return null;
    }

    private async Task WriteAsync(string outcomes)
    {
        const string header = "round,paper_id,user_name,group,lower,best,upper\n";
        await File.WriteAllTextAsync(Path.Combine(_folder, "aggrecat_sips_outcomes.csv"), outcomes);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "aggrecat_sips_ratings.csv"),
            header + "round_1,x,u,A,0,0,0\nround_2,x,u,A,70,80,90\nround_2,y,u,A,10,20,30\nround_2,y,v,B,30,40,50\n");
    }
}
