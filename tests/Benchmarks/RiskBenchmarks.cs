using AlignmentMesh.RiskScoring.Domain;
using BenchmarkDotNet.Attributes;

namespace AlignmentMesh.Benchmarks;

/// <summary>
/// N techniques and N failure modes, every cell vulnerable: the joint failure of all 2^N portfolios, and what rests on it, beside
/// two floors of the same run: copying the table as often as the recursion passes over it, and the recursion in plain loops.
/// </summary>
[MemoryDiagnoser]
public class RiskBenchmarks
{
    private RiskModel _model = null!;
    private double[] _joint = [];
    private double[] _scratch = [];

    [Params(7, 12)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _model = Dense(N);
        (_joint, _scratch) = (new double[1 << N], new double[1 << N]);
    }

    internal static RiskModel Dense(int n)
    {
        var ids = Enumerable.Range(0, n).Select(i => $"{i}").ToArray();
        Vulnerability Cell(int i, int j) => new(0.05 + 0.9 * ((7 * i + 3 * j) % n) / n, 0.2);
        var rows = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => Cell(i, j)).ToArray());
        return new RiskModel(ids, ids, [.. ids.Select(_ => 0.1)], [.. rows]);
    }

    [Benchmark(Baseline = true)]
    public void CopyTableOncePerCell()
    {
        for (var pass = 0; pass < N * N; pass++)
            _joint.AsSpan().CopyTo(_scratch);
    }

    [Benchmark]
    public double AllPortfoliosInPlainLoops()
    {
        Array.Clear(_joint);
        _joint[0] = 1;
        for (var j = 0; j < N; j++)
            PlainMode(_model.Likelihoods[j], _model.Means(j));
        for (var i = 0; i < N; i++)
            for (var a = 0; a < _joint.Length; a++)
                if ((a >> i & 1) == 0) _joint[a] += _joint[a | 1 << i];
        return _joint[^1];
    }

    [Benchmark]
    public double AllPortfolios()
    {
        FailedSets.JointOfAll(_model, _joint);
        return _joint[^1];
    }

    [Benchmark]
    public double AllPortfoliosSharedByMode()
    {
        SharedByMode.JointOfAll(_model, _joint);
        return _joint[^1];
    }

    [Benchmark]
    public object ImportanceOfEveryMode() => Importance.Of(_model);

    [Benchmark]
    public object ImportanceOfEveryModeForEveryPortfolio() => ImportanceOfAll.Of(_model);

    [Benchmark]
    public object AverageImportanceOverEveryPortfolio() => ImportanceOfAll.Of(_model).Averages();

    [Benchmark]
    public object CellsOfAllTogether() => CellImportances.Of(_model);

    [Benchmark]
    public object ShapleyOfAllTogether() => Shapley.Of(_model);

    private void PlainMode(double likelihood, ReadOnlySpan<double> vulnerability)
    {
        for (var a = 0; a < _joint.Length; a++) _scratch[a] = likelihood * _joint[a];
        for (var i = 0; i < N; i++)
        {
            var (v, stays) = (vulnerability[i], 1 - vulnerability[i]);
            for (var block = 0; block < _scratch.Length; block += 2 << i)
                for (var a = block; a < block + (1 << i); a++)
                {
                    _scratch[a | 1 << i] += v * _scratch[a];
                    _scratch[a] *= stays;
                }
        }

        for (var a = 0; a < _joint.Length; a++) _joint[a] = (1 - likelihood) * _joint[a] + _scratch[a];
    }
}
