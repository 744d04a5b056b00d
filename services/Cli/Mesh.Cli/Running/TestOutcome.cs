using System.Xml.Linq;

namespace AlignmentMesh.Mesh.Cli.Running;

internal sealed record TestFailure(string Test, string Message);

/// <summary>What test runs came to.</summary>
internal sealed record TestOutcome(int Passed, int Failed, int Skipped, IReadOnlyList<TestFailure> Failures)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public static TestOutcome Nothing { get; } = new(0, 0, 0, []);

    public int Total => Passed + Failed + Skipped;

    public static TestOutcome operator +(TestOutcome a, TestOutcome b) =>
        new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped, [.. a.Failures, .. b.Failures]);

    /// <summary>Counts the results in a TRX file.</summary>
    public static TestOutcome Read(string trxFile)
    {
        var results = XDocument.Load(trxFile).Descendants(Trx + "UnitTestResult").ToList();
        var failures = results.Where(result => Outcome(result) is not ("Passed" or "NotExecuted"))
            .Select(result => new TestFailure((string?)result.Attribute("testName") ?? "?", Message(result))).ToList();
        return new TestOutcome(
            results.Count(result => Outcome(result) == "Passed"), failures.Count,
            results.Count(result => Outcome(result) == "NotExecuted"), failures);
    }

    private static string? Outcome(XElement result) => (string?)result.Attribute("outcome");

    private static string Message(XElement result)
    {
        var info = result.Descendants(Trx + "ErrorInfo").FirstOrDefault();
        return $"{info?.Element(Trx + "Message")?.Value}\n{info?.Element(Trx + "StackTrace")?.Value}".Trim();
    }
}
