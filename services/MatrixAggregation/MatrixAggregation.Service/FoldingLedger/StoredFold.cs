using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>Folds what is stored.</summary>
internal sealed class StoredFold(FoldedEntries stored, FoldCheckpoints checkpoints)
{
    /// <summary>The study after the stored entries below <paramref name="until"/>, without a recorded version.</summary>
    /// <param name="from">Folded before; its entries are not read again.</param>
    public async Task<FoldedStudy> FoldAsync(FoldedStudy from, long until, CancellationToken token)
    {
        var state = from.State;
        var range = from.Range.Clone();
        await foreach (var entry in stored.ReadAsync(state.Study, from.Size, until, token))
        {
            state = state.Apply(FoldEntry.Read(entry));
            if (state.AwaitedOpenings is not null) state = await OpenAsync(state, token);
            range.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Leaf)));
            if (checkpoints.IsDue(state.Study, state.Next)) checkpoints.Keep(new FoldedStudy(state, range.Clone(), null));
        }

        return new FoldedStudy(state, range, null);
    }

    /// <summary>The study at that size, folded from the nearest state that is still in memory.</summary>
    public Task<FoldedStudy> FoldAsync(string study, long until, CancellationToken token) =>
        FoldAsync(checkpoints.Before(study, until) ?? FoldedStudy.Empty(study), until, token);

    // Stored with the RoundClosed that was just read, by whichever process folded it.
    private async Task<MatrixState> OpenAsync(MatrixState state, CancellationToken token)
    {
        var hidden = state.Hidden.Where(entry => entry.Value.Envelope is null).Select(entry => entry.Key);
        var entries = await stored.ReadAsync(state.Study, hidden, token);
        return state.Open(entries.Select(entry => entry.Opening).OfType<LedgerOpening>().Select(FoldOpening.Read));
    }
}
