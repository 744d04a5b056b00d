using System.Text.Json;
using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;

namespace AlignmentMesh.Benchmarks.Pipeline.Reporting;

/// <summary>Writes a report, as Markdown and beside it as JSON.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string ToJson(BenchReport report) => JsonSerializer.Serialize(report, Json) + "\n";

    public static async Task WriteAsync(string path, BenchReport report, CancellationToken token)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var before = File.Exists(path) ? await File.ReadAllTextAsync(path, token) : "";
        await File.WriteAllTextAsync(path, ReportPage.Into(before, MarkdownReport.Of(report)), token);
        await File.WriteAllTextAsync(Path.ChangeExtension(path, ".json"), ToJson(report), token);
    }
}
