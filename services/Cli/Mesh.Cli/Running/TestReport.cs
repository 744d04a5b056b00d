using System.Globalization;
using System.Text;

namespace AlignmentMesh.Mesh.Cli.Running;

/// <summary>What a run of tests came to, as Markdown to be kept.</summary>
internal static class TestReport
{
    public const string Mark = "mesh test";

    // The others are many and quick, and none of them is what a long run is for.
    private static readonly TimeSpan Noteworthy = TimeSpan.FromSeconds(10);

    /// <summary>The sums, every test that did not pass, and every one that took 10 s or longer, the longest first.</summary>
    public static string Write(TestOutcome outcome, DateTimeOffset begun)
    {
        var shown = outcome.Results.Where(result => result.Outcome != "Passed" || result.Took >= Noteworthy)
            .OrderByDescending(result => result.Took).ThenBy(result => result.Test, StringComparer.Ordinal);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"Begun {begun:yyyy-MM-dd HH:mm} UTC on {Environment.ProcessorCount} cores: ")
            .Append(CultureInfo.InvariantCulture, $"{outcome.Passed} passed, {outcome.Failed} failed, {outcome.Skipped} skipped. ")
            .Append("Tests of 10 s or longer, and those that did not pass:\n\n| test | result | s |\n|---|---|---|\n");
        foreach (var (test, result, took) in shown)
            page.Append(CultureInfo.InvariantCulture, $"| {Short(test)} | {Word(result)} | {took.TotalSeconds:0} |\n");
        return page.ToString();
    }

    // Without the namespaces, and with a theory's arguments kept away from the table's bars.
    private static string Short(string test)
    {
        var arguments = test.IndexOf('(', StringComparison.Ordinal);
        var name = arguments < 0 ? test : test[..arguments];
        var parts = name.Split('.');
        return string.Join('.', parts[Math.Max(0, parts.Length - 2)..]).Replace('_', ' ')
            + (arguments < 0 ? "" : test[arguments..].Replace("|", "\\|", StringComparison.Ordinal));
    }

    private static string Word(string outcome) => outcome switch
    {
        "Passed" => "passed",
        "NotExecuted" => "skipped",
        _ => "**failed**",
    };
}
