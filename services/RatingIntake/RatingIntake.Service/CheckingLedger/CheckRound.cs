using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Service.CheckingLedger;

/// <summary>One check of everything, page by page: where it is, and what it has found.</summary>
internal sealed class CheckRound(string startedAt, IEnumerable<(string Study, long Size)> ledgers)
{
    /// <summary>Findings that are kept with their words; more are only counted.</summary>
    public const int MostNamed = 256;

    private readonly List<LedgerFinding> _findings = [];
    private CompactRange? _range = new();
    private long _found;

    public Queue<(string Study, long Size)> Ledgers { get; } = new(ledgers);

    /// <summary>Next entry of the first ledger to look at.</summary>
    public long Index { get; private set; }

    /// <summary>Next sequence of events to look at, once the ledgers are done.</summary>
    public long Sequence { get; set; }

    public long Entries { get; private set; }

    public void Add(string? study, long? index, Guid? eventId, string kind, string what)
    {
        _found++;
        if (_findings.Count < MostNamed) _findings.Add(new LedgerFinding(study, index, eventId, kind, what));
    }

    /// <summary>Holds the next entry of the first ledger against its place and its hashes.</summary>
    public void Place(StoredEntry entry)
    {
        var (study, size) = Ledgers.Peek();
        for (; Index < entry.Index; Index++)
            Add(study, Index, null, "entry-missing", $"The ledger counts {size} entries and has none here.");
        // A hash that is wrong is part of many later ones: the first one that differs is the one to look at.
        if (_range is not null && (_range.Size != Index || !_range.Append(Merkle.LeafHash(entry.Leaf)).AsSpan().SequenceEqual(entry.Nodes)))
        {
            Add(study, entry.Index, entry.EventId, "hashes-differ", "The stored hashes do not follow from the leaves up to here.");
            _range = null;
        }

        Index++;
        Entries++;
    }

    public void NextLedger()
    {
        Ledgers.Dequeue();
        (Index, _range) = (0, new CompactRange());
    }

    public LedgerCompleteness Report(string? finishedAt) => new(startedAt, finishedAt, Entries, _found, [.. _findings]);
}
