namespace AlignmentMesh.Benchmarks.Pipeline.Arithmetic;

/// <summary>
/// A page with numbers and with what people wrote about them: only what lies between the marks is replaced by a new run.
/// </summary>
internal static class ReportPage
{
    private const string Title = "# Performance";
    private const string Begin = "<!-- mesh bench: begin -->\n";
    private const string End = "<!-- mesh bench: end -->\n";

    /// <summary>The page with new numbers; an empty one is begun.</summary>
    public static string Into(string page, string numbers)
    {
        var (from, until) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        return from < 0 || until < from
            ? $"{Title}\n\n{Begin}\n{numbers}\n{End}"
            : $"{page[..(from + Begin.Length)]}\n{numbers}\n{page[until..]}";
    }
}
