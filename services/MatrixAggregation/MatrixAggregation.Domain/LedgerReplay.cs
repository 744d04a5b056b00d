using System.Security.Cryptography;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// A ledger as an auditor reads it: entry by entry from the first, each one checked and hashed, and what they come to after each of
/// them. It trusts nothing but the bytes it is given. Not safe for use by several threads at once.
/// </summary>
public sealed class LedgerReplay(string study)
{
    private readonly CompactRange _range = new();
    private readonly HashSet<Guid> _events = [];
    private readonly Dictionary<string, (long Newest, long Seen)> _streams = [];
    private string _before = "";
    private ConsensusMatrix? _matrix;

    /// <summary>What the entries so far come to.</summary>
    public MatrixState State { get; private set; } = MatrixState.Empty(study);

    /// <summary>How many entries were taken.</summary>
    public long Size => _range.Size;

    /// <summary>Entries whose content is known and is what their leaf commits to.</summary>
    public long Opened { get; private set; }

    /// <summary>Hex root over the entries so far.</summary>
    public string Root => Convert.ToHexStringLower(_range.Root());

    /// <summary>Announced restores from a backup, in ledger order: an auditor is to see each of them.</summary>
    public IReadOnlyList<(long Index, LedgerRestored Restore)> Restores => _restores;

    /// <summary>What was erased of texts and names, in ledger order: no entry misses anything for it.</summary>
    public IReadOnlyList<(long Index, PersonalDataErased Erasure)> Erasures => _erasures;

    private readonly List<(long Index, LedgerRestored Restore)> _restores = [];
    private readonly List<(long Index, PersonalDataErased Erasure)> _erasures = [];
    private readonly HashSet<int> _confirmed = [];

    /// <summary>Whether another round manager than the one who announced it stands by the restore that begins the epoch.</summary>
    public bool IsConfirmed(int epoch) => _confirmed.Contains(epoch);

    /// <summary>
    /// Streams of which later events are in the ledger and earlier ones are not (sealed entries aside): accepted and left out, or
    /// still to come.
    /// </summary>
    public IReadOnlyList<string> StreamsWithGaps =>
        [.. _streams.Where(stream => stream.Value.Seen < stream.Value.Newest).Select(stream => stream.Key).Order(StringComparer.Ordinal)];

    /// <summary>Takes the next entry. After an exception the replay is of no use any more.</summary>
    /// <returns>What it says; null while that is sealed.</returns>
    /// <exception cref="InvalidDataException">The entry cannot be the next one; the message begins with it.</exception>
    public Envelope? Take(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Require(entry.Index == Size, $"bears the index {entry.Index}");
        var bytes = Encoding.UTF8.GetBytes(entry.Leaf);
        var leaf = Read(() => Leaf.Parse(bytes));
        Require(string.CompareOrdinal(_before, leaf.SequencedAt) <= 0, "is earlier than the one before it");
        Require(_events.Add(leaf.EventId), $"repeats event {leaf.EventId}");
        var envelope = entry.Opening is { } opening ? Open(opening, leaf) : null;
        State = Read(() => State.Apply(new FoldEntry(entry.Index, leaf.EventId, leaf.SequencedAt, null, envelope)));
        if (State.AwaitedOpenings is { } round)
        {
            var missing = State.Hidden.First(hidden => hidden.Value.Envelope is null).Key;
            throw new InvalidDataException($"entry {missing} has no opening though round {round} was closed by entry {Size}");
        }

        _range.Append(Merkle.LeafHash(bytes));
        _before = leaf.SequencedAt;
        return envelope;
    }

    /// <summary>The matrix of the entries so far; the same whatever matrices were asked for before.</summary>
    /// <exception cref="InvalidOperationException">The study is not opened yet.</exception>
    public ConsensusMatrix Matrix() => _matrix?.Version == Size ? _matrix : _matrix = Consensus.Of(State, Root, _matrix).Matrix;

    /// <summary>What the opening of an entry says, if it is what the entry's leaf commits to.</summary>
    /// <exception cref="InvalidDataException">It is not; the message begins with the entry.</exception>
    public static Envelope Open(string study, long index, LedgerOpening opening, Leaf leaf)
    {
        ArgumentNullException.ThrowIfNull(opening);
        ArgumentNullException.ThrowIfNull(leaf);
        Require(index, opening.Index == index, $"has the opening of entry {opening.Index}");
        var salt = Read(index, () => Convert.FromBase64String(opening.Salt));
        Require(index, salt.Length == Commitment.SaltSize, $"has a salt of {salt.Length} bytes; allowed are {Commitment.SaltSize}");
        var bytes = Encoding.UTF8.GetBytes(opening.Envelope);
        Require(
            index, CryptographicOperations.FixedTimeEquals(Commitment.Of(salt, bytes), Convert.FromHexString(leaf.Commitment)),
            "says something else than its leaf commits to (event, salt or leaf was changed)");
        var envelope = Read(index, () => Envelope.Parse(bytes));
        Require(index, envelope.Study == study, $"is of study '{envelope.Study}'; allowed is '{study}'");
        return envelope;
    }

    /// <summary>What an entry says where that is a <typeparamref name="T"/>; null where it is another event.</summary>
    /// <exception cref="InvalidDataException">It says that it is one and is none; the message begins with the entry.</exception>
    public static T? DataOf<T>(long index, Envelope said)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(said);
        return LedgerEventNames.Types.GetValueOrDefault(said.Type) == typeof(T) ? (T?)LedgerData.ReadAs(index, said, typeof(T)) : null;
    }

    private Envelope Open(LedgerOpening opening, Leaf leaf)
    {
        var envelope = Open(study, Size, opening, leaf);
        var (newest, seen) = _streams.GetValueOrDefault(envelope.Stream);
        _streams[envelope.Stream] = (Math.Max(newest, envelope.Version), seen + 1);
        var type = LedgerEventNames.Types.GetValueOrDefault(envelope.Type);
        if (type == typeof(LedgerRestored) || type == typeof(RestoreConfirmed) || type == typeof(PersonalDataErased))
            Remember(Read(() => LedgerData.ReadAs(Size, envelope, type)));
        Opened++;
        return envelope;
    }

    private void Remember(object? data)
    {
        if (data is LedgerRestored restored) _restores.Add((Size, restored));
        if (data is PersonalDataErased erased) _erasures.Add((Size, erased));
        if (data is RestoreConfirmed confirmed && _restores.Any(one => IsAnother(one.Restore, confirmed))) _confirmed.Add(confirmed.Epoch);
    }

    private static bool IsAnother(LedgerRestored announced, RestoreConfirmed confirmed) =>
        announced.Epoch == confirmed.Epoch && announced.Manager is not null && announced.Manager != confirmed.Manager;

    private T Read<T>(Func<T> read) => Read(Size, read);

    private static T Read<T>(long index, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidDataException)
        {
            var said = unreadable.Message.StartsWith("entry ", StringComparison.Ordinal);
            throw new InvalidDataException(said ? unreadable.Message : $"entry {index} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private void Require(bool holds, string otherwise) => Require(Size, holds, otherwise);

    private static void Require(long index, bool holds, string otherwise)
    {
        if (!holds) throw new InvalidDataException($"entry {index} {otherwise}");
    }
}
