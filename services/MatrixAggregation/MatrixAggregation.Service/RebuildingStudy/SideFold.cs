using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

namespace AlignmentMesh.MatrixAggregation.Service.RebuildingStudy;

/// <summary>
/// Folds a study anew from intake's feed, beside the running state and with the same checks, and compares on the way: every
/// stored entry with the ledger's, every recorded version with what the ledger gives. It changes nothing.
/// </summary>
/// <param name="all">Keep every version to be recorded anew, not only those from the first difference on.</param>
internal sealed class SideFold(
    string study, bool all, PageFolder folder, LedgerFeed feed, PageKey key, FoldedEntries stored, RecordedHistory history)
{
    private readonly List<(VerifiedEntry Entry, bool LacksOpening)> _entries = [];
    private readonly List<Revision> _revisions = [];
    private ConsensusMatrix? _matrix;

    /// <summary>What was folded so far.</summary>
    public FoldedStudy Folded { get; private set; } = FoldedStudy.Empty(study);

    /// <summary>The newest version that was compared.</summary>
    public ConsensusMatrix? Matrix => _matrix;

    public long Versions { get; private set; }

    public long DifferentVersions { get; private set; }

    public string? FirstDifference { get; private set; }

    public bool IsDifferent => FirstDifference is not null;

    /// <summary>Versions to be recorded anew, in order.</summary>
    public IReadOnlyList<Revision> Revisions => _revisions;

    /// <summary>Entries that are stored otherwise, or not. An opening that the running fold does not need yet is no difference.</summary>
    public IReadOnlyList<VerifiedEntry> Entries =>
        [.. _entries.Where(one => !one.LacksOpening || !Folded.State.Hidden.ContainsKey(one.Entry.Fold.Index)).Select(one => one.Entry)];

    /// <summary>Folds one page, at most up to the recorded head.</summary>
    /// <exception cref="PageRefusedException">The feed's page is not what intake sequenced.</exception>
    /// <exception cref="FeedUnreachableException">Intake does not answer.</exception>
    public async Task FoldPageAsync(MatrixHead head, CancellationToken token)
    {
        var from = Folded.Size;
        var page = await feed.EntriesAsync(study, from, head.Version - from, token);
        PageCheck.RequireShape(page);
        key.RequireSignature(page.Head);
        if (page.Study != study || page.From != from || page.Head.Size > head.Version)
            throw new PageRefusedException(RefusalReason.Malformed, $"The page from {page.From} is not the one that was asked for.");
        var recorded = await history.ReadAsync(from, page.Head.Size, token);
        await CompareEntriesAsync(page, token);
        var range = Folded.Range.Clone();
        var folded = await folder.FoldAsync(Folded, page, token, (state, entry) =>
        {
            range.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Entry.Leaf)));
            if (recorded.TryGetValue(state.Next, out var version) || state.Next == head.Version)
                Compare(state, Convert.ToHexStringLower(range.Root()), version, state.Next == head.Version ? head.Digest : null);
        });
        Folded = new FoldedStudy(folded.State, folded.Range, null);
    }

    private void Compare(MatrixState state, string root, HistoricVersion? recorded, string? headDigest)
    {
        var revision = Consensus.Of(state, root, _matrix);
        _matrix = revision.Matrix;
        Versions++;
        var difference = recorded switch
        {
            null => "is not recorded",
            _ when recorded.Root != root => "was recorded with another root",
            _ when recorded.Digest != _matrix.Digest || (headDigest ?? recorded.Digest) != recorded.Digest =>
                "was recorded with another digest",
            { Matrix: null } => "cannot be read from its events",
            _ when !MatrixDelta.IsSame(recorded.Matrix, _matrix) => "is stored with other numbers",
            _ => null,
        };
        if (difference is not null)
        {
            DifferentVersions++;
            FirstDifference ??= $"version {state.Next} {difference}";
        }

        if (all || DifferentVersions > 0) _revisions.Add(revision);
    }

    private async Task CompareEntriesAsync(LedgerPage page, CancellationToken token)
    {
        var known = new Dictionary<long, LedgerEntry>();
        await foreach (var entry in stored.ReadAsync(study, page.From, page.Head.Size, token)) known[entry.Index] = entry;
        foreach (var entry in page.Entries)
        {
            var same = known.GetValueOrDefault(entry.Index);
            if (same?.Leaf == entry.Leaf && same.Opening == entry.Opening) continue;
            var lacksOpening = same?.Leaf == entry.Leaf && same.Opening is null;
            _entries.Add((PageCheck.Read(entry), lacksOpening));
            if (!lacksOpening) FirstDifference ??= $"entry {entry.Index} is {(same is null ? "not stored" : "stored otherwise")}";
        }
    }
}
