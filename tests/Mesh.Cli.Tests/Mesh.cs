using System.Text.Json;
using AlignmentMesh.Mesh.Cli.Demo;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Tests;

/// <summary>The command line run in this process, as a program would: nothing is a terminal.</summary>
internal static class Mesh
{
    public static Task<Ran> RunAsync(params string[] args) => RunAsync("", new Dictionary<string, string>(), args);

    public static Task<Ran> PipeAsync(string input, params string[] args) => RunAsync(input, new Dictionary<string, string>(), args);

    public static async Task<Ran> RunAsync(
        string input, IReadOnlyDictionary<string, string> variables, string[] args, CancellationToken ct = default)
    {
        using var stdout = new StringWriter();
        using var stderr = new StringWriter();
        var shell = new Shell(new StringReader(input), stdout, stderr)
        {
            Variable = variables.GetValueOrDefault,
            DataRoot = Path.Combine(Path.GetTempPath(), "no-mesh-was-ever-here"),
        };
        var code = await CommandLine.RunAsync(shell, [DemoCommand.Create(shell), .. ClientCommands.All(shell)], args, ct);
        return new Ran(code, stdout.ToString(), stderr.ToString());
    }

    public static JsonElement Vector(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", file))).RootElement;
}

/// <summary>How a run ended and what it wrote.</summary>
internal sealed record Ran(int Code, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>Tab-separated lines, comments left out.</summary>
    public string[][] Rows =>
        [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains('\t')).Select(line => line.Split('\t'))];
}
