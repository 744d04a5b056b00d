namespace AlignmentMesh.Architecture.Tests;

internal static class Findings
{
    /// <summary>Applies a rule to every file and fails with all findings, one a line.</summary>
    public static void None(IEnumerable<SourceFile> files, Func<SourceFile, IEnumerable<string>> rule) => None(files.SelectMany(rule));

    public static void None(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, $"{all.Count} finding(s):\n{string.Join('\n', all)}");
    }

    /// <summary>Shows a rule's teeth: what it finds in a snippet.</summary>
    public static IReadOnlyList<string> In(
        Func<SourceFile, IEnumerable<string>> rule, string text, string path = "services/X/X.Service/File.cs") =>
        [.. rule(new SourceFile(path, text))];
}
