using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <param name="Openings">Openings of entries that came without, here or in an earlier page.</param>
internal sealed record FoldedPage(
    MatrixState State, CompactRange Range, IReadOnlyList<VerifiedEntry> Entries, IReadOnlyList<LedgerOpening> Openings);

/// <summary>Verifies a page and folds it, in memory. A closed blind round's openings are fetched on the way.</summary>
internal sealed class PageFolder(LedgerFeed feed, FoldedEntries stored)
{
    /// <param name="page">Starts at or before the study's size and ends beyond it.</param>
    /// <param name="step">Sees the state after each entry.</param>
    /// <exception cref="PageRefusedException">The page is not what intake sequenced.</exception>
    /// <exception cref="FeedUnreachableException">Openings are needed and cannot be asked for now.</exception>
    public async Task<FoldedPage> FoldAsync(
        FoldedStudy before, LedgerPage page, CancellationToken token, Action<MatrixState, VerifiedEntry>? step = null)
    {
        var entries = page.Entries.Skip((int)(before.Size - page.From)).Select(PageCheck.Read).ToArray();
        var range = before.Range.Clone();
        foreach (var entry in entries) range.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Entry.Leaf)));
        PageCheck.RequireRoot(range, page.Head);

        var state = before.State;
        var late = new List<LedgerOpening>();
        foreach (var entry in entries)
        {
            state = Stand(entry.Fold.Index, state, from => from.Apply(entry.Fold));
            if (state.AwaitedOpenings is { } round) state = await OpenAsync(state, round, entries, late, token);
            step?.Invoke(state, entry);
        }

        return new FoldedPage(state, range, entries, late);
    }

    private async Task<MatrixState> OpenAsync(
        MatrixState state, int round, IReadOnlyList<VerifiedEntry> page, List<LedgerOpening> late, CancellationToken token)
    {
        var leaves = await LeavesAsync(state, page, token);
        // Opened ones may be among the answers: study events of the round were never hidden.
        var openings = await feed.OpeningsAsync(state.Study, round, leaves.Keys.Min(), token);
        var hidden = openings.Where(opening => leaves.ContainsKey(opening.Index)).DistinctBy(opening => opening.Index).ToArray();
        var read = hidden.Select(opening => PageCheck.ReadOpening(opening, leaves[opening.Index])).ToArray();
        if (leaves.Keys.Except(hidden.Select(opening => opening.Index)).ToArray() is [var missing, ..])
            throw new PageRefusedException(
                RefusalReason.MissingOpening, $"Round {round} is closed and entry {missing} has no opening.");
        late.AddRange(hidden);
        return Stand(state.Next - 1, state, from => from.Open(read));
    }

    private async Task<Dictionary<long, Leaf>> LeavesAsync(
        MatrixState state, IReadOnlyList<VerifiedEntry> page, CancellationToken token)
    {
        var hidden = state.Hidden.Where(entry => entry.Value.Envelope is null).Select(entry => entry.Key).ToHashSet();
        var here = page.Select(entry => entry.Entry).Where(entry => hidden.Contains(entry.Index)).ToArray();
        var earlier = await stored.ReadAsync(state.Study, hidden.Except(here.Select(entry => entry.Index)), token);
        return earlier.Concat(here).ToDictionary(entry => entry.Index, entry => Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf)));
    }

    // What the domain says of the entry may quote it, and so stays out of the log.
    private static MatrixState Stand(long index, MatrixState state, Func<MatrixState, MatrixState> step)
    {
        try
        {
            return step(state);
        }
        catch (Exception refused) when (refused is InvalidDataException or FormatException)
        {
            throw new PageRefusedException(RefusalReason.CannotStand, $"Entry {index} cannot stand in this ledger.", refused);
        }
    }
}
