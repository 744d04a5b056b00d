using System.Runtime.Intrinsics;
using MathNet.Numerics.Distributions;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Every number of a model in every draw: a table of quantiles for each different distribution, and for each different set of
/// factors the stratum that a draw uses. A number of several factors takes the rank of the sum of their normal scores among all
/// draws (Iman and Conover 1982), so its own distribution stays stratified.
/// </summary>
internal sealed class DrawnInputs
{
    private readonly int _draws;
    private readonly int _padded;
    private readonly long _seed;
    private readonly Dictionary<(double Mean, double Sd), double[]> _tables = [];
    private readonly Dictionary<string, int[]> _strata = [];
    private readonly double[] _logits;

    internal DrawnInputs(RiskKnowledge knowledge, int draws, int padded, long seed)
    {
        (_draws, _padded, _seed) = (draws, padded, seed);
        _logits = BetaStrata.Logits(draws);
        var model = knowledge.Model;
        var n = model.Techniques.Count;
        Likelihoods = [.. model.Likelihoods.ToArray().Select(value => new Column(value))];
        Cells = [.. Enumerable.Range(0, model.FailureModes.Count).SelectMany(j => model.Means(j).ToArray()).Select(v => new Column(v))];
        foreach (var input in knowledge.Inputs)
        {
            var column = new Column(input.Mean, TableOf(input.Mean, input.Sd), StrataOf(input.Factors));
            if (input.Technique is { } i)
                Cells[input.FailureMode * n + i] = column;
            else
                Likelihoods[input.FailureMode] = column;
        }
    }

    internal Column[] Likelihoods { get; }

    /// <summary>Failure modes outer, as in the model.</summary>
    internal Column[] Cells { get; }

    private double[] TableOf(double mean, double sd)
    {
        if (_tables.TryGetValue((mean, sd), out var table))
            return table;
        table = new double[_draws];
        BetaStrata.Fill(mean, sd, _logits, table);
        _tables.Add((mean, sd), table);
        return table;
    }

    private int[] StrataOf(IReadOnlyList<int> factors)
    {
        var key = string.Join(',', factors);
        if (_strata.TryGetValue(key, out var strata))
            return strata;
        strata = new int[_padded];
        if (factors is [var only])
            LatinHypercube.Permute(_seed, only, strata.AsSpan(0, _draws));
        else
            RanksOfSums([.. factors.Select(factor => StrataOf([factor]))], strata.AsSpan(0, _draws));
        _strata.Add(key, strata);
        return strata;
    }

    private void RanksOfSums(int[][] factors, Span<int> ranks)
    {
        var scores = new double[_draws];
        for (var k = 0; k < _draws; k++)
            scores[k] = Normal.InvCDF(0, 1, LatinHypercube.Middle(k, _draws));
        var sums = new double[_draws];
        foreach (var strata in factors)
            for (var k = 0; k < _draws; k++)
                sums[k] += scores[strata[k]];
        var order = Enumerable.Range(0, _draws).ToArray();
        Array.Sort(sums, order);
        for (var rank = 0; rank < _draws; rank++)
            ranks[order[rank]] = rank;
    }

    /// <summary>One number in every draw.</summary>
    internal readonly struct Column(double certain, double[]? table = null, int[]? strata = null)
    {
        /// <summary>It is 0 in every draw.</summary>
        internal bool IsZero => table is null && certain == 0;

        /// <summary>Its values in as many draws as a vector has lanes.</summary>
        internal Vector256<double> From(int draw)
        {
            if (table is null)
                return Vector256.Create(certain);
            Span<double> lanes = stackalloc double[Vector256<double>.Count];
            for (var lane = 0; lane < lanes.Length; lane++)
                lanes[lane] = table[strata![draw + lane]];
            return Vector256.Create<double>(lanes);
        }
    }
}
