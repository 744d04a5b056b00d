namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class UsageTests
{
    [Fact]
    public async Task Without_arguments_it_shows_its_commands()
    {
        var ran = await Mesh.RunAsync();
        Assert.Equal(0, ran.Code);
        var commands = "demo study rate import matrix agreement cell risk ledger round organisation aggregate";
        foreach (var command in commands.Split(' '))
            Assert.Contains($"\n  {command}", ran.Out);
        Assert.Contains("mesh [command] [options]", ran.Out);
    }

    [Theory]
    [InlineData("'matrix'", "matrx")]
    [InlineData("'show'", "matrix", "shwo")]
    [InlineData("'--version'", "matrix", "show", "S", "--verson", "3")]
    public async Task A_mistyped_word_is_a_usage_error_with_what_may_have_been_meant(string meant, params string[] args)
    {
        var ran = await Mesh.RunAsync(args);
        Assert.Equal(64, ran.Code);
        Assert.Contains($"Did you mean {meant}", ran.Error);
        Assert.Contains("--help", ran.Error);
        Assert.Empty(ran.Out);
    }

    [Theory]
    [InlineData("matrix")]
    [InlineData("matrix", "show")]
    [InlineData("import", "x.csv")]
    [InlineData("aggregate", "no-such-file.csv")]
    [InlineData("round", "open", "S", "--mode", "secret")]
    [InlineData("rate", "S", "--technique", "T", "--verdict", "perhaps")]
    [InlineData("matrix", "show", "S", "--url", "no address")]
    public async Task Usage_errors_end_with_64_and_write_no_data(params string[] args)
    {
        var ran = await Mesh.RunAsync(args);
        Assert.Equal(64, ran.Code);
        Assert.StartsWith("mesh: ", ran.Error);
        Assert.Empty(ran.Out);
    }

    [Fact]
    public async Task Where_no_mesh_runs_a_question_to_one_ends_with_69_and_says_how_to_start_it()
    {
        var ran = await Mesh.RunAsync("study", "list");
        Assert.Equal(69, ran.Code);
        Assert.Contains("mesh up", ran.Error);
        Assert.Contains("MESH_INTAKE_URL", ran.Error);
    }

    [Fact]
    public async Task An_interrupted_command_ends_with_130()
    {
        using var interrupted = new CancellationTokenSource();
        await interrupted.CancelAsync();
        var ran = await Mesh.RunAsync(
            "", new Dictionary<string, string>(), ["matrix", "show", "S", "--url", "http://127.0.0.1:1"], interrupted.Token);
        Assert.Equal(130, ran.Code);
    }

    [Fact]
    public async Task A_ratings_file_with_bad_rows_starts_no_demo()
    {
        var ran = await Mesh.PipeAsync("technique,failure_mode,best\nT,M,7\n", "demo", "--ratings", "-", "--json");
        Assert.Equal(65, ran.Code);
        Assert.Contains("row 2, best", ran.Error);
        Assert.Contains("nothing was started", ran.Error);
    }
}
