using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>Which ledger entries made a quantity's consensus another one between two versions of the same ledger.</summary>
internal static class ChangeCauses
{
    /// <summary>
    /// Entries whose effect is there in the later version and was not in the earlier, ascending: ratings, withdrawals, removals of
    /// organisations, redefinitions and additions of catalogue items, and the closing of blind rounds whose ratings are older than
    /// the earlier version. What was superseded in between is no cause.
    /// </summary>
    /// <param name="pooled">Whether the consensus depends on the study's constants of ROHL-1: then their change is a cause too.</param>
    public static SortedSet<long> Of(MatrixState before, MatrixState after, Quantity quantity, bool pooled)
    {
        var causes = new SortedSet<long>();
        var known = before.JudgementsOf(quantity).ToDictionary(one => one.By);
        foreach (var now in after.JudgementsOf(quantity))
        {
            var then = known.GetValueOrDefault(now.By);
            var because = after.NotCountedBecause(quantity, now);
            // A rating that says the same again is a cause where without it the earlier one would have ended since.
            var effect = Effect(now, because);
            if (EffectIn(before) == effect && EffectIn(after) == effect)
                continue;
            if (then?.LedgerIndex != now.LedgerIndex)
            {
                causes.Add(now.LedgerIndex);
                if (now.LedgerIndex < before.Next && after.Rounds.First(round => round.Round == now.Round).ClosedAt is { } released)
                    causes.Add(released);
            }

            if (because == NotCounted.OrganisationRemoved)
                causes.UnionWith(Since(before, [after.Removals[now.By.Organisation]]));
            else if (because == NotCounted.Stale)
                causes.UnionWith(Since(before, Definitions(after, quantity)));

            (Rating? Counted, bool Stale) EffectIn(MatrixState state) =>
                then is null ? default : Effect(then, state.NotCountedBecause(quantity, then));
        }

        if (!IsKnown(before, quantity))
            causes.UnionWith(Since(before, Definitions(after, quantity)));
        if (pooled && before.Policy.Rohl1 != after.Policy.Rohl1 && Consensus.Counted(after, quantity).Length > 0)
            causes.Add(after.Policy.SetAt!.Value);
        return causes;
    }

    /// <summary>What a judgement adds to its quantity's consensus: a rating that counts, one that is stale, or nothing.</summary>
    private static (Rating? Counted, bool Stale) Effect(Judgement judgement, string? notCounted) => notCounted switch
    {
        null => (judgement.Rating, false),
        NotCounted.Stale => (null, true),
        _ => default,
    };

    private static bool IsKnown(MatrixState state, Quantity quantity) =>
        (quantity.Technique is null || state.Techniques.Any(item => item.Id == quantity.Technique))
        && (quantity.FailureMode is null || state.FailureModes.Any(item => item.Id == quantity.FailureMode));

    private static IEnumerable<long> Since(MatrixState before, IEnumerable<long> indexes) => indexes.Where(index => index >= before.Next);

    private static IEnumerable<long> Definitions(MatrixState state, Quantity quantity) =>
        state.MaterialChanges.Where(change => quantity.Concerns(change.Key.Kind, change.Key.Id)).Select(change => change.Value);
}
