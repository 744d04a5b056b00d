using AlignmentMesh.Architecture.Tests.Operating;
using AlignmentMesh.EndToEnd.Tests;
using AlignmentMesh.RiskScoring.Domain;
using BenchmarkDotNet.Attributes;

namespace AlignmentMesh.Benchmarks;

/// <summary>
/// All seven techniques of the paper's table, probability and importance of every failure mode and cell: SCRAM as a whole process, with
/// start, reading and writing, beside the same answers computed here. Crisp cells are 0, 1/2 and 1; soft ones 0.05, 1/2 and 0.9:
/// those have 823 543 cut sets, so SCRAM is told to list the ones of up to nine events.
/// </summary>
public class ScramBenchmarks : IDisposable
{
    private readonly DebianProgram _scram = new("scram", "scram");
    private readonly string _folder = Directory.CreateTempSubdirectory("mesh-scram-bench-").FullName;
    private RiskModel _model = null!;

    [Params(false, true)]
    public bool Soft { get; set; }

    private string Tree => Path.Combine(_folder, "tree.xml");

    [GlobalSetup]
    public async Task Setup()
    {
        if (await _scram.MissingAsync() is { } missing) throw new InvalidOperationException(missing);
        var (catalogue, verdicts) = (PaperTable.Catalogue, PaperTable.Sheet.ToDictionary(item => (item.Technique, item.FailureMode)));
        Vulnerability Cell(string technique, string mode) => new(verdicts[(technique, mode)].Verdict switch
        {
            "vulnerable" => Soft ? 0.9 : 1,
            "resistant" => Soft ? 0.05 : 0,
            _ => 0.5,
        });
        string[] modes = [.. catalogue.FailureModes.Select(mode => mode.Id)];
        _model = new RiskModel(
            [.. catalogue.Techniques.Select(technique => technique.Id)], modes, [.. modes.Select(_ => 0.1)],
            [.. catalogue.Techniques.Select(technique => modes.Select(mode => Cell(technique.Id, mode)).ToArray())]);
        await File.WriteAllTextAsync(Tree, OpenPsa.Of(_model));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _scram.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public async Task Scram()
    {
        var ran = await _scram.RunAsync(
            "--bdd", "--probability", "on", "--importance", "on", "-l", "9", Tree, "-o", Path.Combine(_folder, "report.xml"));
        if (ran.Code != 0) throw new InvalidOperationException(ran.Output);
    }

    [Benchmark]
    public object ProbabilityAndImportance() => (FailedSets.Joint(_model), Importance.Of(_model), CellImportances.Of(_model));

    [Benchmark]
    public object ProbabilityAndImportanceOfAllPortfolios() => ImportanceOfAll.Of(_model);
}
