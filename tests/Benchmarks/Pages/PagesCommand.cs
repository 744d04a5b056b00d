namespace AlignmentMesh.Benchmarks.Pages;

/// <summary><c>pages [--json]</c>: the report to standard output, progress to standard error.</summary>
internal static class PagesCommand
{
    public const string Name = "pages";

    public static async Task RunAsync(string[] arguments, TextWriter output, TextWriter progress, CancellationToken token)
    {
        var report = await new PageBench(progress, TimeProvider.System).RunAsync(token);
        await output.WriteAsync(arguments.Contains("--json") ? report.ToJson() : report.ToMarkdown());
    }
}
