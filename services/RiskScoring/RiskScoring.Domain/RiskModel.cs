namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>What is known of P(technique fails | failure mode obtains).</summary>
/// <param name="Mean">Probability, 0..1.</param>
/// <param name="Sd">Standard deviation of what is known about it, 0 or more; 0 is a number taken as certain.</param>
/// <param name="Unrated">Nobody has rated it: 0.5 stands in, and its bounds are [0, 1].</param>
public readonly record struct Vulnerability(double Mean, double Sd = 0, bool Unrated = false)
{
    public static readonly Vulnerability NotRated = new(0.5, 0, Unrated: true);
}

/// <summary>
/// Shared failure modes: mode j obtains with probability likelihood[j], independently of the others; technique i fails if for
/// some mode that obtains its vulnerability event happens, independently given the modes.
/// Fault tree: AND over techniques of OR over modes of (F_j AND V_ij).
/// Source of the model: Dung and Mai 2025, arXiv 2510.11235.
/// </summary>
public sealed class RiskModel
{
    private readonly double[] _likelihoods;
    private readonly double?[] _safetyTaxes;
    private readonly double[] _means;
    private readonly Vulnerability[] _cells;

    /// <param name="techniques">Ids, distinct.</param>
    /// <param name="failureModes">Ids, distinct.</param>
    /// <param name="likelihoods">P(mode obtains), one for each failure mode, 0..1.</param>
    /// <param name="vulnerability">A row for each technique with a cell for each failure mode.</param>
    /// <param name="safetyTaxes">Relative cost of each technique, 0 or more, null where unknown; empty when none is known.</param>
    /// <exception cref="RiskInputException">A length, an id or a number is not as described.</exception>
    public RiskModel(
        IReadOnlyList<string> techniques, IReadOnlyList<string> failureModes, IReadOnlyList<double> likelihoods,
        IReadOnlyList<IReadOnlyList<Vulnerability>> vulnerability, IReadOnlyList<double?>? safetyTaxes = null)
    {
        ThrowUnlessDistinct(techniques, nameof(techniques));
        ThrowUnlessDistinct(failureModes, nameof(failureModes));
        RiskInputException.ThrowUnlessCount(likelihoods.Count, failureModes.Count, nameof(likelihoods), "failure mode");
        for (var j = 0; j < likelihoods.Count; j++)
            RiskInputException.ThrowUnlessProbability(likelihoods[j], $"likelihoods[{j}]");
        Techniques = [.. techniques];
        FailureModes = [.. failureModes];
        _likelihoods = [.. likelihoods];
        _cells = Columns(vulnerability);
        _means = Array.ConvertAll(_cells, cell => cell.Mean);
        _safetyTaxes = Taxes(safetyTaxes ?? []);
    }

    private RiskModel(
        RiskModel all, IReadOnlyList<string> techniques, Vulnerability[] cells, double?[] safetyTaxes, double[]? likelihoods = null)
    {
        Techniques = techniques;
        FailureModes = all.FailureModes;
        _likelihoods = likelihoods ?? all._likelihoods;
        _cells = cells;
        _means = Array.ConvertAll(cells, cell => cell.Mean);
        _safetyTaxes = safetyTaxes;
    }

    public IReadOnlyList<string> Techniques { get; }

    public IReadOnlyList<string> FailureModes { get; }

    public ReadOnlySpan<double> Likelihoods => _likelihoods;

    public ReadOnlySpan<double?> SafetyTaxes => _safetyTaxes;

    public bool HasUnrated => Array.Exists(_cells, cell => cell.Unrated);

    /// <summary>Sum of the techniques' taxes; null where one is not known.</summary>
    public double? SafetyTax()
    {
        var sum = 0.0;
        foreach (var tax in _safetyTaxes)
        {
            if (tax is not { } known) return null;
            sum += known;
        }

        return sum;
    }

    /// <summary>P(technique fails | mode obtains) of every technique.</summary>
    public ReadOnlySpan<double> Means(int failureMode) => _means.AsSpan(failureMode * Techniques.Count, Techniques.Count);

    /// <summary>What is known of every technique's vulnerability to the mode.</summary>
    public ReadOnlySpan<Vulnerability> Cells(int failureMode) => _cells.AsSpan(failureMode * Techniques.Count, Techniques.Count);

    /// <summary>The same model with these techniques only, in this order.</summary>
    /// <param name="techniques">Distinct indexes into <see cref="Techniques"/>.</param>
    public RiskModel Of(IReadOnlyList<int> techniques)
    {
        var (rows, n) = (techniques.Count, Techniques.Count);
        var cells = new Vulnerability[rows * FailureModes.Count];
        for (var j = 0; j < FailureModes.Count; j++)
            for (var i = 0; i < rows; i++)
                cells[j * rows + i] = _cells[j * n + techniques[i]];
        return new(this, [.. techniques.Select(i => Techniques[i])], cells, [.. techniques.Select(i => _safetyTaxes[i])]);
    }

    /// <summary>The techniques' indexes in the model's order, whatever the order given.</summary>
    /// <exception cref="RiskInputException">No technique, an unknown one, or one twice.</exception>
    public int[] IndexesOf(IReadOnlyList<string> techniques)
    {
        if (techniques.Count == 0) throw new RiskInputException("portfolio", "empty", "at least one of " + string.Join(", ", Techniques));
        ThrowUnlessDistinct(techniques, "portfolio");
        var places = Techniques.Select((id, i) => (id, i)).ToDictionary(place => place.id, place => place.i);
        int[] indexes =
        [
            .. techniques.Select(id => places.TryGetValue(id, out var i)
                ? i
                : throw new RiskInputException("portfolio", $"'{id}'", "one of " + string.Join(", ", Techniques))),
        ];
        Array.Sort(indexes);
        return indexes;
    }

    /// <param name="of">Where its author finds the two, ending in a point.</param>
    /// <exception cref="RiskInputException">No such technique or failure mode.</exception>
    public (int Technique, int FailureMode) PlaceOf(string technique, string failureMode, string of = "") =>
        (PlaceOfTechnique(technique, of + nameof(technique)), PlaceOfMode(failureMode, of + nameof(failureMode)));

    /// <exception cref="RiskInputException">No such failure mode.</exception>
    public int PlaceOfMode(string failureMode, string field = "failureMode") => PlaceOf(failureMode, FailureModes, field);

    /// <exception cref="RiskInputException">No such technique.</exception>
    internal int PlaceOfTechnique(string technique, string field) => PlaceOf(technique, Techniques, field);

    /// <summary>The same model with another likelihood of one failure mode.</summary>
    public RiskModel WithLikelihood(int failureMode, double likelihood)
    {
        RiskInputException.ThrowUnlessProbability(likelihood, nameof(likelihood));
        double[] changed = [.. _likelihoods];
        changed[failureMode] = likelihood;
        return new(this, Techniques, _cells, _safetyTaxes, changed);
    }

    /// <summary>The same model with every unrated cell at <paramref name="mean"/>.</summary>
    public RiskModel WithUnratedAt(double mean)
    {
        RiskInputException.ThrowUnlessProbability(mean, nameof(mean));
        return new(this, Techniques, Array.ConvertAll(_cells, cell => cell.Unrated ? cell with { Mean = mean } : cell), _safetyTaxes);
    }

    /// <summary>The same model with other cells: of technique i and failure mode j, and what it is now.</summary>
    internal RiskModel WithCells(Func<int, int, Vulnerability, Vulnerability> change)
    {
        var n = Techniques.Count;
        return new(this, Techniques, [.. _cells.Select((cell, at) => change(at % n, at / n, cell))], _safetyTaxes);
    }

    /// <summary>The same model with other safety taxes, one for each technique.</summary>
    public RiskModel WithSafetyTaxes(IReadOnlyList<double?> safetyTaxes) => new(this, Techniques, _cells, Taxes(safetyTaxes));

    private Vulnerability[] Columns(IReadOnlyList<IReadOnlyList<Vulnerability>> rows)
    {
        var (n, m) = (Techniques.Count, FailureModes.Count);
        RiskInputException.ThrowUnlessCount(rows.Count, n, "vulnerability", "technique");
        var cells = new Vulnerability[n * m];
        for (var i = 0; i < n; i++)
        {
            RiskInputException.ThrowUnlessCount(rows[i].Count, m, $"vulnerability[{i}]", "failure mode");
            for (var j = 0; j < m; j++)
            {
                RiskInputException.ThrowUnlessProbability(rows[i][j].Mean, $"vulnerability[{i}][{j}]");
                RiskInputException.ThrowUnlessNotNegative(rows[i][j].Sd, $"vulnerability[{i}][{j}].sd");
                cells[j * n + i] = rows[i][j];
            }
        }

        return cells;
    }

    private double?[] Taxes(IReadOnlyList<double?> taxes)
    {
        if (taxes.Count == 0)
            return new double?[Techniques.Count];
        RiskInputException.ThrowUnlessCount(taxes.Count, Techniques.Count, "safetyTaxes", "technique");
        for (var i = 0; i < taxes.Count; i++)
            RiskInputException.ThrowUnlessNotNegative(taxes[i] ?? 0, $"safetyTaxes[{i}]");
        return [.. taxes];
    }

    private static int PlaceOf(string id, IReadOnlyList<string> ids, string field)
    {
        for (var place = 0; place < ids.Count; place++)
            if (ids[place] == id) return place;
        throw new RiskInputException(field, $"'{id}'", "one of " + string.Join(", ", ids));
    }

    private static void ThrowUnlessDistinct(IReadOnlyList<string> ids, string field)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ids.Count; i++)
            if (!seen.Add(ids[i]))
                throw new RiskInputException($"{field}[{i}]", $"\"{ids[i]}\", a second time", "every id once");
    }
}
