using System.Text.Json;

namespace AlignmentMesh.Benchmarks.Pipeline.Reporting;

/// <summary>
/// Writes a report, as Markdown and beside it as JSON. In a page that has been written before only what lies between the
/// marks is replaced: what people wrote about the numbers stays.
/// </summary>
internal static class ReportFile
{
    private const string Begin = "<!-- mesh bench: begin -->\n";
    private const string End = "<!-- mesh bench: end -->\n";
    private const string Title = "# Performance\n\n";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string ToJson(BenchReport report) => JsonSerializer.Serialize(report, Json) + "\n";

    public static async Task WriteAsync(string path, BenchReport report, CancellationToken token)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var before = File.Exists(path) ? await File.ReadAllTextAsync(path, token) : "";
        await File.WriteAllTextAsync(path, Into(before, MarkdownReport.Of(report)), token);
        await File.WriteAllTextAsync(Path.ChangeExtension(path, ".json"), ToJson(report), token);
    }

    /// <summary>The page with new numbers.</summary>
    public static string Into(string page, string numbers)
    {
        var (from, until) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        return from < 0 || until < from
            ? $"{Title}{Begin}\n{numbers}\n{End}"
            : $"{page[..(from + Begin.Length)]}\n{numbers}\n{page[until..]}";
    }
}
