using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Domain.Lenses;
using BenchmarkDotNet.Attributes;

namespace AlignmentMesh.Benchmarks;

/// <summary>7 x 7 cells, each rated by 10 organisations of 10 experts: the headline alone, and everything shown beside it.</summary>
[MemoryDiagnoser]
public class MatrixBenchmarks
{
    private const int Cells = 49;
    private readonly Rating[][] _cells = [.. Enumerable.Range(0, Cells).Select(Cell)];

    [Benchmark(Baseline = true)]
    public double Headline()
    {
        var sum = 0.0;
        foreach (var cell in _cells)
            sum += Rohl1.Pool(cell)!.Value.Mean;
        return sum;
    }

    [Benchmark]
    public int EveryLensInfluenceAndDisagreement()
    {
        var habits = RaterHabits.Of(_cells);
        var agreeing = 0;
        foreach (var cell in _cells)
            agreeing += CellAnalysis.Of(cell, habits).Multiverse.Agreeing;
        return agreeing;
    }

    [Benchmark]
    public object SensitivityTable() =>
        Sensitivity.OfMatrix([.. _cells.Select((ratings, at) => (new Quantity($"T{at}", "M"), ratings))]);

    private static Rating[] Cell(int cell) => Rating.InOrder(
        from organisation in Enumerable.Range(0, 10)
        from rater in Enumerable.Range(0, 10)
        let best = 0.05 + 0.9 * ((cell * 31 + organisation * 37 + rater * 7) % 100) / 99
        select new Rating($"o{organisation}", $"r{rater}", null, best, Math.Max(0, best - 0.1), Math.Min(1, best + 0.15)));
}
