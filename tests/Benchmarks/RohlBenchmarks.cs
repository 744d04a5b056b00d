using AlignmentMesh.MatrixAggregation.Domain;
using BenchmarkDotNet.Attributes;

namespace AlignmentMesh.Benchmarks;

/// <summary>One cell of K organisations with one rater each: the vectorised quadrature, the plain one, and the whole pooling.</summary>
[MemoryDiagnoser]
public class RohlBenchmarks
{
    private static readonly double[] Tau = Rohl1Tables.Tau.ToArray();
    private static readonly double[] Prior = Rohl1Tables.Prior.ToArray();
    private readonly double[] _grid = new double[Rohl1Grid.Nodes];
    private Rating[] _ratings = [];
    private OrganisationSummary[] _organisations = [];

    [Params(3, 10, 50)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _ratings = Rating.InOrder(Enumerable.Range(0, K).Select(i =>
        {
            var best = 0.05 + 0.9 * (i * 37 % 100) / 99;
            return new Rating($"o{i:000}", "r", null, best, Math.Max(0, best - 0.1), Math.Min(1, best + 0.1));
        }));
        _organisations = [.. _ratings.Select(rating => OrganisationSummary.Of([rating]))];
    }

    [Benchmark(Baseline = true)]
    public double[][] Plain() => ScalarRohl1.Grid(_organisations, Tau, Prior);

    [Benchmark]
    public double Vectorised()
    {
        Rohl1Grid.Fill(_grid, _organisations, Rohl1Policy.Default);
        return _grid[0];
    }

    [Benchmark]
    public Posterior? Pool() => Rohl1.Pool(_ratings);

    [Benchmark]
    public object? PoolWithInfluence() => Rohl1.Explain(_ratings);
}
