namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>Which numbers of a model are wrong together, when they are.</summary>
public enum SharedBy
{
    /// <summary>Every cell and every likelihood for itself.</summary>
    None,

    /// <summary>All cells of one failure mode have one uniform in common; every likelihood has its own.</summary>
    Mode,

    /// <summary>
    /// Every organisation has one leaning (a standard normal) in common to all that it rated. A number's own uniform is the normal
    /// distribution function of the sum of its organisations' leanings, scaled to variance 1: numbers of the same organisations move
    /// together, of others apart, and the correlation of two is |A and B| / sqrt(|A| |B|).
    /// </summary>
    Organisation,

    /// <summary>One uniform for every cell and every likelihood.</summary>
    All,
}

/// <summary>One number of a model that is not known for certain.</summary>
/// <param name="Technique">Index of the cell's technique; null for the likelihood of the failure mode.</param>
/// <param name="Factors">Indexes of what moves it: one, or several organisations.</param>
internal sealed record UncertainInput(int FailureMode, int? Technique, double Mean, double Sd, IReadOnlyList<int> Factors);

/// <summary>
/// A risk model with all that is known of its numbers: every cell and likelihood with a standard deviation is a Beta distribution
/// by its two moments, and <see cref="Shared"/> says which of them depend on each other. Unrated cells are no distribution; they
/// stay at 0.5 and have bounds of their own.
/// </summary>
public sealed class RiskKnowledge
{
    private readonly double[] _likelihoodSds;
    private readonly List<UncertainInput> _inputs = [];
    private readonly List<RiskFactor> _factors = [];
    private readonly Dictionary<string, int> _places = [];

    /// <param name="likelihoodSds">One for each failure mode, 0 or more; empty when every likelihood is certain.</param>
    /// <param name="raters">Who rated what; needed for <see cref="SharedBy.Organisation"/> only.</param>
    /// <exception cref="RiskInputException">A length or number is not as described, or nobody says who rated what.</exception>
    public RiskKnowledge(RiskModel model, SharedBy shared, IReadOnlyList<double>? likelihoodSds = null, RatedBy? raters = null)
    {
        (Model, Shared) = (model, shared);
        _likelihoodSds = likelihoodSds is { Count: > 0 } ? [.. likelihoodSds] : new double[model.FailureModes.Count];
        RiskInputException.ThrowUnlessCount(_likelihoodSds.Length, model.FailureModes.Count, "likelihoodSds", "failure mode");
        for (var j = 0; j < _likelihoodSds.Length; j++)
            RiskInputException.ThrowUnlessNotNegative(_likelihoodSds[j], $"likelihoodSds[{j}]");
        if (shared == SharedBy.Organisation && raters is null)
            throw new RiskInputException(
                "shared", "organisation", "none, mode or all where it is not stated which organisations rated what");
        for (var j = 0; j < model.FailureModes.Count; j++)
        {
            Add(model.Likelihoods[j], _likelihoodSds[j], j, null, raters);
            for (var i = 0; i < model.Techniques.Count; i++)
                Add(model.Cells(j)[i].Mean, model.Cells(j)[i].Sd, j, i, raters);
        }
    }

    public RiskModel Model { get; }

    public SharedBy Shared { get; }

    /// <summary>Failure modes outer, each likelihood before its cells.</summary>
    internal IReadOnlyList<UncertainInput> Inputs => _inputs;

    /// <summary>What moves the inputs, independently of each other, in the order in which the inputs first need them.</summary>
    internal IReadOnlyList<RiskFactor> Factors => _factors;

    /// <summary>The model with every number that is not known for certain at this value.</summary>
    internal RiskModel At(Func<UncertainInput, double> value)
    {
        var changed = _inputs.ToDictionary(input => (input.Technique, input.FailureMode), value);
        var model = Model.WithCells((i, j, cell) => changed.TryGetValue((i, j), out var at) ? new Vulnerability(at) : cell);
        foreach (var input in _inputs.Where(input => input.Technique is null))
            model = model.WithLikelihood(input.FailureMode, changed[(null, input.FailureMode)]);
        return model;
    }

    private void Add(double mean, double sd, int mode, int? technique, RatedBy? raters)
    {
        if (sd == 0 || mean is 0 or 1)
            return;
        var organisations = Shared != SharedBy.Organisation ? []
            : technique is { } i ? raters!.Cells[i][mode] : raters!.Likelihoods[mode];
        IReadOnlyList<int> factors = organisations.Count == 0
            ? [Place(FactorOf(mode, technique))]
            : [.. organisations.Distinct().Order(StringComparer.Ordinal).Select(id => Place(new RiskFactor("organisation", id)))];
        _inputs.Add(new UncertainInput(mode, technique, mean, sd, factors));
    }

    private RiskFactor FactorOf(int mode, int? technique) => (Shared, technique) switch
    {
        (SharedBy.All, _) => new RiskFactor("all", "all"),
        (SharedBy.Mode, not null) => new RiskFactor("mode", Model.FailureModes[mode]),
        (_, null) => new RiskFactor("likelihood", Model.FailureModes[mode]),
        (_, { } i) => new RiskFactor("cell", $"{Model.Techniques[i]}/{Model.FailureModes[mode]}"),
    };

    private int Place(RiskFactor factor)
    {
        var key = $"{factor.Kind} {factor.Name}";
        if (!_places.TryGetValue(key, out var place))
        {
            _places.Add(key, place = _factors.Count);
            _factors.Add(factor);
        }

        return place;
    }
}

/// <summary>Something that is not known, on its own.</summary>
/// <param name="Kind"><c>cell</c>, <c>likelihood</c>, <c>mode</c> (all its cells), <c>organisation</c> (its leaning) or <c>all</c>.</param>
internal sealed record RiskFactor(string Kind, string Name);

/// <summary>Organisations that a number rests on; none means that it is nobody's and moves alone.</summary>
/// <param name="Cells">By technique and failure mode.</param>
/// <param name="Likelihoods">By failure mode.</param>
public sealed record RatedBy(
    IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Cells, IReadOnlyList<IReadOnlyList<string>> Likelihoods);
