using System.Globalization;
using System.Xml.Linq;

namespace AlignmentMesh.Mesh.Cli.Running;

internal sealed record TestFailure(string Test, string Message);

/// <summary>One test that was run or skipped.</summary>
/// <param name="Outcome">Passed, NotExecuted or Failed, as TRX says it.</param>
internal sealed record TestResult(string Test, string Outcome, TimeSpan Took);

/// <summary>What test runs came to.</summary>
internal sealed record TestOutcome(
    int Passed, int Failed, int Skipped, IReadOnlyList<TestFailure> Failures, IReadOnlyList<TestResult> Results)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public static TestOutcome Nothing { get; } = new(0, 0, 0, [], []);

    /// <summary>A run without results of its own.</summary>
    public static TestOutcome Broken(string name, string message) =>
        Nothing with { Failed = 1, Failures = [new TestFailure(name, message)] };

    public int Total => Passed + Failed + Skipped;

    public static TestOutcome operator +(TestOutcome a, TestOutcome b) =>
        new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped, [.. a.Failures, .. b.Failures], [.. a.Results, .. b.Results]);

    /// <summary>Counts the results in a TRX file.</summary>
    public static TestOutcome Read(string trxFile)
    {
        var results = XDocument.Load(trxFile).Descendants(Trx + "UnitTestResult").ToList();
        var failures = results.Where(result => Outcome(result) is not ("Passed" or "NotExecuted"))
            .Select(result => new TestFailure((string?)result.Attribute("testName") ?? "?", Message(result))).ToList();
        return new TestOutcome(
            results.Count(result => Outcome(result) == "Passed"), failures.Count,
            results.Count(result => Outcome(result) == "NotExecuted"), failures, [.. results.Select(Result)]);
    }

    private static TestResult Result(XElement result) => new(
        (string?)result.Attribute("testName") ?? "?", Outcome(result) ?? "?",
        TimeSpan.TryParse((string?)result.Attribute("duration"), CultureInfo.InvariantCulture, out var took) ? took : TimeSpan.Zero);

    private static string? Outcome(XElement result) => (string?)result.Attribute("outcome");

    private static string Message(XElement result)
    {
        var info = result.Descendants(Trx + "ErrorInfo").FirstOrDefault();
        return $"{info?.Element(Trx + "Message")?.Value}\n{info?.Element(Trx + "StackTrace")?.Value}".Trim();
    }
}
