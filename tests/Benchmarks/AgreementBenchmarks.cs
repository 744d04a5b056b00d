using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Domain.Tests;
using BenchmarkDotNet.Attributes;

namespace AlignmentMesh.Benchmarks;

/// <summary>
/// A matrix of 7 x 7 cells, each judged by 10 organisations of 10 experts: one alpha by visiting every pair, all four alphas with
/// 2000 resamples, and the whole report. Numbers are in whole per cent, or all different, which is the worst case.
/// </summary>
[MemoryDiagnoser]
public class AgreementBenchmarks
{
    private static readonly AlphaMetric[] Metrics = Enum.GetValues<AlphaMetric>();
    private static readonly Bootstrap Standard = new(20251013);
    private Rating[][] _cells = [];
    private double?[][] _numbers = [];
    private ReliabilityData _data = ReliabilityData.Of([]);

    [Params(100, 1_000_000_000)]
    public int Steps { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new SplitMix64(1);
        _cells =
        [
            .. Enumerable.Range(0, 49).Select(_ =>
            {
                var centre = random.Below(Steps / 2);
                return Enumerable.Range(0, 100).Select(r => new Rating(
                    $"o{r / 10}", $"r{r % 10}", null, (centre + random.Below(Steps / 2)) / (double)Steps)).ToArray();
            }),
        ];
        _numbers = [.. _cells.Select(cell => cell.Select(rating => rating.Best).ToArray())];
        _data = ReliabilityData.Of(_numbers);
    }

    [Benchmark(Baseline = true)]
    public double PairwiseIntervalOnce() => PairwiseAlpha.Of(_numbers, AlphaMetric.Interval);

    [Benchmark]
    public Alpha Interval() => Krippendorff.Alphas(_data, [AlphaMetric.Interval], Standard)[0];

    [Benchmark]
    public Alpha[] AllFour() => Krippendorff.Alphas(_data, Metrics, Standard);

    [Benchmark]
    public AgreementReport Report() => AgreementReport.Of(_cells, Standard);
}
