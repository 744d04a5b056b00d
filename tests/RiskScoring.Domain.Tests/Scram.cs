using System.Globalization;
using System.Xml.Linq;
using AlignmentMesh.Architecture.Tests.Operating;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

/// <summary>
/// SCRAM, the open-source engine of probabilistic risk assessment, run as a program on an exported fault tree.
/// </summary>
public sealed class Scram : IDisposable
{
    private readonly DebianProgram _program = new("scram", "scram");
    private readonly string _folder = Directory.CreateTempSubdirectory("mesh-fault-trees-").FullName;
    private readonly Lazy<Task<string?>> _missing;

    public Scram() => _missing = new(_program.MissingAsync);

    /// <returns>Null when it can be run, otherwise why not.</returns>
    public Task<string?> MissingAsync() => _missing.Value;

    public void Dispose()
    {
        _program.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <param name="mostEvents">Cut sets of more events are not listed, nor events that are in those only; 20 is SCRAM's own limit.
    /// Probability and importance come from the binary decision diagram, whatever is listed.</param>
    internal async Task<ScramReport> AnalyseAsync(string tree, int mostEvents = 20)
    {
        var (input, output) = (Path.Combine(_folder, "tree.xml"), Path.Combine(_folder, "report.xml"));
        await File.WriteAllTextAsync(input, tree);
        var ran = await _program.RunAsync("--bdd", "--probability", "on", "--importance", "on", "-l", $"{mostEvents}", input, "-o", output);
        Assert.True(ran.Code == 0, ran.Output);
        return new ScramReport(XDocument.Load(output));
    }
}

internal sealed class ScramReport(XDocument report)
{
    public double Probability => Number(report.Descendants("sum-of-products").Single(), "probability");

    /// <summary>MIF, CIF, DIF, RAW or RRW of a basic event; null where it reports none.</summary>
    public double? Of(string factor, string basicEvent) =>
        report.Descendants("importance").Descendants("basic-event").SingleOrDefault(one => one.Attribute("name")!.Value == basicEvent)
            is { } found ? Number(found, factor) : null;

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
