namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>A model of chance: the agreement it expects, and each unit's part in it, given its shares of the categories.</summary>
internal readonly record struct Chance(double Expected, Func<double[], double> OfUnit);

/// <summary>Units judged by at least one coder, at least one of them by two, with what the coefficients have in common.</summary>
internal sealed class Judged
{
    private readonly double[][] _shares;
    private readonly double?[] _agreement;
    private readonly double[][] _weights;
    private readonly double[] _pi;

    private Judged(double[][] shares, double?[] agreement, double[][] weights)
    {
        (_shares, _agreement, _weights) = (shares, agreement, weights);
        _pi = [.. Enumerable.Range(0, weights.Length).Select(k => shares.Sum(unit => unit[k]) / shares.Length)];
        Observed = _agreement.OfType<double>().Average();
    }

    /// <summary>p_a: the mean over units with two judgements or more of the weighted share of agreeing pairs.</summary>
    public double Observed { get; }

    /// <summary>Fleiss: everybody draws from what was chosen.</summary>
    public Chance Chosen => new(Form(_pi, _pi, _weights), unit => Form(unit, _pi, _weights));

    /// <summary>Gwet: chance is only where judgements are divided.</summary>
    public Chance Doubtful
    {
        get
        {
            // One category leaves nothing to chance.
            var q = _weights.Length;
            var factor = q == 1 ? 0 : _weights.Sum(row => row.Sum()) / (q * (q - 1));
            return new(factor * _pi.Sum(p => p * (1 - p)), unit => factor * unit.Zip(_pi, (share, p) => share * (1 - p)).Sum());
        }
    }

    /// <summary>Brennan and Prediger: every category alike.</summary>
    public Chance Uniform
    {
        get
        {
            var expected = _weights.Sum(row => row.Sum()) / (_weights.Length * _weights.Length);
            return new(expected, _ => expected);
        }
    }

    /// <returns>Null when no unit was judged twice.</returns>
    /// <exception cref="ArgumentException">A row has not one count for each category.</exception>
    public static Judged? Of(IReadOnlyList<int[]> counts, double[][] weights)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(weights);
        if (counts.Any(unit => unit.Length != weights.Length))
            throw new ArgumentException($"every unit needs {weights.Length} counts, one a category", nameof(counts));
        int[][] judged = [.. counts.Where(unit => unit.Sum() > 0)];
        double?[] agreement = [.. judged.Select(unit => Agreement(unit, weights))];
        return agreement.Any(share => share is not null)
            ? new([.. judged.Select(unit => unit.Select(count => (double)count / unit.Sum()).ToArray())], agreement, weights)
            : null;
    }

    /// <summary>sum_kl w_kl a_k b_l.</summary>
    public static double Form(double[] a, double[] b, double[][] weights)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++)
            for (var l = 0; l < b.Length; l++)
                sum += weights[k][l] * a[k] * b[l];
        return sum;
    }

    /// <summary>The coefficient with its linearised standard error over units.</summary>
    public AgreementCoefficient Coefficient(Chance chance)
    {
        var coefficient = AgreementCoefficient.Corrected(Observed, chance.Expected);
        var n = _shares.Length;
        if (coefficient.Value is not { } value || n < 2)
            return coefficient;
        var weight = n / (double)_agreement.Count(share => share is not null);
        var squares = 0.0;
        for (var u = 0; u < n; u++)
        {
            var own = _agreement[u] is { } share ? weight * (share - chance.Expected) : 0;
            var off = (own - 2 * (1 - value) * (chance.OfUnit(_shares[u]) - chance.Expected)) / (1 - chance.Expected) - value;
            squares += off * off;
        }

        return coefficient with { StandardError = Math.Sqrt(squares / n / (n - 1)) };
    }

    private static double? Agreement(int[] unit, double[][] weights)
    {
        var coders = unit.Sum();
        if (coders < 2)
            return null;
        var pairs = 0.0;
        for (var k = 0; k < unit.Length; k++)
            for (var l = 0; l < unit.Length; l++)
                pairs += weights[k][l] * unit[k] * (unit[l] - (k == l ? 1 : 0));
        return pairs / ((double)coders * (coders - 1));
    }
}
