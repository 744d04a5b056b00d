namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// Reliability data (Krippendorff's term): what coders said of units, as the multiset of values of each unit. Who said it does
/// not matter to alpha, so the order of the coders does not show in a bit. Units with fewer than two values are kept, since a
/// bootstrap draws from all units, but their values pair with nothing and take no part.
/// </summary>
public sealed class ReliabilityData
{
    private readonly int[] _start;
    private readonly int[] _value;
    private readonly double[] _count;
    private readonly int[] _size;

    private ReliabilityData(int coders, double[] values, int[] start, int[] value, double[] count, int[] size) =>
        (Coders, Values, _start, _value, _count, _size) = (coders, values, start, value, count, size);

    public int Units => _size.Length;

    /// <summary>Units with at least two values.</summary>
    public int Pairable => _size.Count(size => size > 0);

    /// <summary>Coders with at least one value.</summary>
    public int Coders { get; }

    /// <summary>The different values of the pairable units, ascending.</summary>
    internal double[] Values { get; }

    /// <param name="units">One row a unit, one column a coder; null where the coder said nothing.</param>
    /// <exception cref="ArgumentException">Rows of different length, or a value that is no finite number.</exception>
    public static ReliabilityData Of(IReadOnlyList<double?[]> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        var columns = units.Count == 0 ? 0 : units[0].Length;
        if (units.Any(unit => unit.Length != columns || unit.Any(value => value is { } number && !double.IsFinite(number))))
            throw new ArgumentException("every unit needs one finite value or null for each coder", nameof(units));
        double[][] given = [.. units.Select(unit => unit.OfType<double>().Order().ToArray()).Select(row => row.Length > 1 ? row : [])];
        double[] values = [.. given.SelectMany(row => row).Distinct().Order()];
        var (start, value, count) = (new int[given.Length + 1], new List<int>(), new List<double>());
        for (var u = 0; u < given.Length; u++)
        {
            foreach (var same in given[u].GroupBy(number => number))
            {
                value.Add(Array.BinarySearch(values, same.Key));
                count.Add(same.Count());
            }

            start[u + 1] = value.Count;
        }

        var coders = Enumerable.Range(0, columns).Count(coder => units.Any(unit => unit[coder] is not null));
        return new(coders, values, start, [.. value], [.. count], [.. given.Select(row => row.Length)]);
    }

    /// <summary>How many values the unit has, 0 when it is not pairable.</summary>
    internal int Size(int unit) => _size[unit];

    /// <summary>Indexes into <see cref="Values"/> of the unit's different values, ascending.</summary>
    internal ReadOnlySpan<int> ValuesOf(int unit) => _value.AsSpan(_start[unit].._start[unit + 1]);

    /// <summary>How often the unit has each of <see cref="ValuesOf"/>.</summary>
    internal ReadOnlySpan<double> CountsOf(int unit) => _count.AsSpan(_start[unit].._start[unit + 1]);

    /// <summary>n_c: how often each value occurs when every unit is taken so many times.</summary>
    /// <returns>n, the sum of all n_c.</returns>
    internal double Marginals(ReadOnlySpan<double> times, Span<double> marginals)
    {
        marginals.Clear();
        var n = 0.0;
        for (var u = 0; u < times.Length; u++)
        {
            if (times[u] == 0)
                continue;
            for (var at = _start[u]; at < _start[u + 1]; at++)
                marginals[_value[at]] += times[u] * _count[at];
            n += times[u] * _size[u];
        }

        return n;
    }
}
