using System.Collections.Immutable;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>The latest judgements of one quantity, one per rater.</summary>
/// <param name="TouchedAt">The first version in which the quantity may have got its present consensus.</param>
public sealed record QuantityState(ImmutableSortedDictionary<RaterKey, Judgement> Judgements, long TouchedAt)
{
    public static QuantityState Empty { get; } = new(ImmutableSortedDictionary<RaterKey, Judgement>.Empty, 0);

    /// <summary>With one more judgement, given in ledger order; a withdrawal is by a rater of the same kind as before.</summary>
    internal QuantityState With(Judgement judgement, long version)
    {
        var kept = judgement.Item is null && Judgements.TryGetValue(judgement.By, out var before)
            ? judgement with { RaterKind = before.RaterKind }
            : judgement;
        return new(Judgements.SetItem(kept.By, kept), version);
    }
}

/// <summary>A round as far as it was folded.</summary>
/// <param name="Mode"><c>open</c> or <c>blind</c>.</param>
/// <param name="ClosedAt">Ledger index of its RoundClosed; the version just after it is that index + 1.</param>
public sealed record RoundState(int Round, string Mode, long? ClosedAt);
