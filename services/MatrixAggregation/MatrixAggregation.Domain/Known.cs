using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>What an earlier matrix already says and still holds.</summary>
/// <param name="touched">Quantities that have to be computed anew; null without an earlier matrix.</param>
internal sealed class Known(ConsensusMatrix? previous, IReadOnlySet<Quantity>? touched)
{
    private readonly Dictionary<(string Lens, Quantity), ConsensusCell> _cells = previous is null ? [] : previous.Lenses
        .SelectMany(lens => lens.Value.Select(cell => (Key: (lens.Key, Of(cell)), cell)))
        .ToDictionary(pair => pair.Key, pair => pair.cell);

    private readonly Dictionary<string, ConsensusQuantity> _likelihoods = ById(previous?.Likelihoods);

    private readonly Dictionary<string, ConsensusQuantity> _taxes = ById(previous?.SafetyTaxes);

    public ConsensusCell? Cell(string lens, Quantity quantity) => Holds(quantity) ? _cells.GetValueOrDefault((lens, quantity)) : null;

    public ConsensusQuantity? Likelihood(string mode) => Holds(new(null, mode)) ? _likelihoods.GetValueOrDefault(mode) : null;

    public ConsensusQuantity? SafetyTax(string technique) => Holds(new(technique, null)) ? _taxes.GetValueOrDefault(technique) : null;

    /// <summary>The quantities of <paramref name="matrix"/> with another consensus than before.</summary>
    public IEnumerable<Quantity> ChangedIn(ConsensusMatrix matrix)
    {
        var changed = matrix.Lenses
            .SelectMany(lens => lens.Value.Where(cell => cell != _cells.GetValueOrDefault((lens.Key, Of(cell)))))
            .Select(Of)
            .ToHashSet();
        foreach (var cell in matrix.Lenses[Method.Rohl1].Select(Of).Where(changed.Contains))
            yield return cell;
        foreach (var likelihood in matrix.Likelihoods.Where(one => one != _likelihoods.GetValueOrDefault(one.Id)))
            yield return new(null, likelihood.Id);
        foreach (var tax in matrix.SafetyTaxes.Where(one => one != _taxes.GetValueOrDefault(one.Id)))
            yield return new(tax.Id, null);
    }

    private static Dictionary<string, ConsensusQuantity> ById(IEnumerable<ConsensusQuantity>? quantities) =>
        (quantities ?? []).ToDictionary(one => one.Id);

    private static Quantity Of(ConsensusCell cell) => new(cell.Technique, cell.FailureMode);

    private bool Holds(Quantity quantity) => touched is not null && !touched.Contains(quantity);
}
