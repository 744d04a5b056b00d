using AlignmentMesh.Benchmarks.Pipeline.Reporting;

namespace AlignmentMesh.Benchmarks.Pipeline;

/// <summary><c>pipeline [--quick] [--json] [-o FILE]</c>: the data to standard output or the file, progress to standard error.</summary>
internal static class PipelineCommand
{
    public const string Name = "pipeline";

    public static async Task RunAsync(string[] arguments, TextWriter output, TextWriter progress, CancellationToken token)
    {
        var plan = arguments.Contains("--quick") ? RunPlan.Short : RunPlan.Full;
        var report = await new PipelineBench(plan, progress, TimeProvider.System).RunAsync(token);
        if (Array.IndexOf(arguments, "-o") is var at and >= 0)
        {
            await ReportFile.WriteAsync(arguments[at + 1], report, token);
            await progress.WriteLineAsync($"Written to {arguments[at + 1]}");
            return;
        }

        await output.WriteAsync(arguments.Contains("--json") ? ReportFile.ToJson(report) : MarkdownReport.Of(report));
    }
}
