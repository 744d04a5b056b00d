using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using BenchmarkDotNet.Attributes;

namespace AlignmentMesh.Benchmarks;

/// <summary>
/// 10,000 draws of 7 techniques and 7 failure modes, 56 numbers of which no two have the same distribution, beside two floors of the
/// same run: writing the risks of all 128 portfolios once, and the recursion in plain loops for numbers that are already drawn.
/// </summary>
[MemoryDiagnoser]
public class UncertaintyBenchmarks
{
    private const int Draws = ScoreUncertainty.StandardDraws;
    private const int N = 7;
    private const string Lens = "rohl-1";

    private readonly double[] _risks = new double[Draws << N];
    private readonly double[] _r = new double[1 << N];
    private readonly double[] _s = new double[1 << N];
    private ConsensusMatrix _matrix = null!;
    private RiskKnowledge _knowledge = null!;

    [GlobalSetup]
    public void Setup()
    {
        CatalogueItem[] ids = [.. Enumerable.Range(0, N).Select(i => new CatalogueItem($"{i}", $"{i}", $"{i}"))];
        ConsensusCell Cell(int i, int j) => new(
            $"{i}", $"{j}", 3, 3, 0.05 + 0.9 * ((N * i + j) / 49.0), 0.1 + 0.001 * i, null, null, null, null, null, null, null, null, "ok");
        var cells = Enumerable.Range(0, N).SelectMany(i => Enumerable.Range(0, N).Select(j => Cell(i, j))).ToArray();
        _matrix = new ConsensusMatrix(
            "benchmark", null, 1, "00", "2026-11-23T00:00:00.000000Z", ids, ids, [],
            [.. ids.Select((id, j) => new ConsensusQuantity(id.Id, 0.1 + 0.01 * j, 0.05, 0.2, 3, 3, false))],
            [.. ids.Select(id => new ConsensusQuantity(id.Id, null, null, null, 0, 0, true))],
            new Dictionary<string, IReadOnlyList<ConsensusCell>> { [Lens] = cells }, "digest");
        Vulnerability Of(int i, int j) => new(cells[N * i + j].Mean!.Value, cells[N * i + j].Sd!.Value);
        string[] names = [.. ids.Select(id => id.Id)];
        var model = new RiskModel(
            names, names, [.. _matrix.Likelihoods.Select(likelihood => likelihood.Value!.Value)],
            [.. Enumerable.Range(0, N).Select(i => Enumerable.Range(0, N).Select(j => Of(i, j)).ToArray())]);
        _knowledge = new RiskKnowledge(model, SharedBy.None, [.. names.Select((_, j) => 0.04 + 0.001 * j)]);
    }

    [Benchmark]
    public void WriteEveryRiskOnce() => Array.Fill(_risks, 0.5);

    [Benchmark(Baseline = true)]
    public double PlainLoopsWithoutDrawing()
    {
        for (var draw = 0; draw < Draws; draw++)
        {
            Array.Clear(_r);
            _r[0] = 1;
            for (var j = 0; j < N; j++) PlainMode(_knowledge.Model.Likelihoods[j], _knowledge.Model.Means(j));
            for (var portfolio = 0; portfolio < _r.Length; portfolio++) _risks[portfolio * Draws + draw] = _r[portfolio];
        }

        return _risks[^1];
    }

    [Benchmark]
    public object DrawAllPortfolios() => RiskDraws.Of(_knowledge, Draws, ScoreUncertainty.StandardSeed);

    /// <summary>With quantiles and ranks of all 127, the ranks of the modes, and the tornado.</summary>
    [Benchmark]
    public object WholeAnswer() =>
        new ScoreUncertainty(_matrix, Lens, ScoreUncertainty.StandardSeed, Draws, SharedBy.None).Report(PortfolioChoice.All, null);

    private void PlainMode(double likelihood, ReadOnlySpan<double> vulnerability)
    {
        _r.AsSpan().CopyTo(_s);
        for (var i = 0; i < N; i++)
            for (var set = 0; set < _s.Length; set++)
                if ((set >> i & 1) == 1) _s[set] = vulnerability[i] * _s[set ^ 1 << i] + (1 - vulnerability[i]) * _s[set];
        for (var set = 1; set < _r.Length; set++) _r[set] = (1 - likelihood) * _r[set] + likelihood * _s[set];
    }
}
