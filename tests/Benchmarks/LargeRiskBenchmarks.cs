using AlignmentMesh.RiskScoring.Domain;
using BenchmarkDotNet.Attributes;

namespace AlignmentMesh.Benchmarks;

/// <summary>
/// 20 techniques and 20 failure modes, every cell vulnerable: the joint failure of all 2^20 portfolios beside the floor of the memory,
/// reading and writing a table of 8 MB once for each mode and twice more; one portfolio; and 60 of each, which is sampled.
/// </summary>
[MemoryDiagnoser]
public class LargeRiskBenchmarks
{
    private const int N = 20;

    private readonly RiskModel _model = RiskBenchmarks.Dense(N);
    private readonly RiskModel _sampled = RiskBenchmarks.Dense(60);
    private readonly double[] _joint = new double[1 << N];
    private readonly double[] _scratch = new double[1 << N];

    [Benchmark(Baseline = true)]
    public void CopyTableOncePerModeAndTwice()
    {
        for (var pass = 0; pass < N + 2; pass++)
            _joint.AsSpan().CopyTo(_scratch);
    }

    [Benchmark]
    public double AllPortfolios()
    {
        FailedSets.JointOfAll(_model, _joint);
        return _joint[^1];
    }

    [Benchmark]
    public double OnePortfolio() => LargeJoint.Of(_model).Joint;

    [Benchmark]
    public double OneSampledPortfolioOfSixty() => LargeJoint.Of(_sampled).Joint;
}
