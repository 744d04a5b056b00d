using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>A study's ledger fetched and checked entry by entry, with its root held against what was signed.</summary>
internal sealed class VerifiedLedger
{
    private VerifiedLedger(string study) => Replay = new LedgerReplay(study);

    public LedgerReplay Replay { get; }

    /// <summary>Proves any of the entries.</summary>
    public ProofTree Tree { get; } = new();

    /// <summary>Null where nothing of this size was signed.</summary>
    public SignedCheckpoint? Checkpoint { get; private set; }

    public long Size => Tree.Size;

    /// <summary>The size up to which a study is looked at unless one is named: the newest checkpoint's, otherwise the ledger's.</summary>
    public static async Task<long> SizeAsync(PublishedStudy published, CancellationToken ct)
    {
        var note = await published.CheckpointAsync(null, ct);
        return note is null ? (await published.HeadAsync(null, ct)).Size : Read(note, null).Checkpoint.Size;
    }

    /// <param name="policy">Whose signatures count; null: none do.</param>
    /// <param name="step">Sees the replay after each entry.</param>
    /// <exception cref="CommandException">An entry, the root or a signature does not hold.</exception>
    public static async Task<VerifiedLedger> FetchAsync(
        Shell shell, PublishedStudy published, long size, WitnessPolicy? policy, CancellationToken ct,
        Func<LedgerReplay, Task>? step = null)
    {
        var ledger = new VerifiedLedger(published.Study);
        await new WorkProgress(shell, "Entries", "entries fetched and checked").RunAsync(size, async done =>
        {
            await foreach (var entry in published.EntriesAsync(size, ct))
            {
                ledger.Take(entry);
                done(1);
                if (step is not null) await step(ledger.Replay);
            }
        });
        await ledger.CompareRootAsync(published, policy, ct);
        return ledger;
    }

    /// <summary>By whom the root is vouched for.</summary>
    public string RootInWords => Checkpoint switch
    {
        null => $"root {Replay.Root} at {Size}, unsigned",
        { Seen: { Log: not null, HasQuorum: true, Witnesses: [_, ..] witnesses } } =>
            $"root {Replay.Root} at {Size}, signed and cosigned by {string.Join(", ", witnesses)}",
        { Seen.Log: not null } => $"root {Replay.Root} at {Size}, signed, unwitnessed",
        _ => $"root {Replay.Root} at {Size}, as in the checkpoint; its signatures were not checked (--policy)",
    };

    /// <summary>Hex hashes that prove an entry, from the leaf up.</summary>
    public IReadOnlyList<string> Proof(long index) => [.. Tree.Inclusion(index, Size).Select(Convert.ToHexStringLower)];

    /// <summary>One entry again.</summary>
    /// <exception cref="CommandException">It is not the one that was there before.</exception>
    public async Task<LedgerEntry> EntryAsync(PublishedStudy published, long index, CancellationToken ct)
    {
        var entry = await published.EntryAsync(index, ct);
        return Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Leaf)).AsSpan().SequenceEqual(Tree.LeafHash(index)) && Proofs.Opens(entry)
            ? entry
            : throw NotSound($"entry {index} is another one than a moment ago");
    }

    private void Take(LedgerEntry entry)
    {
        try
        {
            Replay.Take(entry);
        }
        catch (InvalidDataException wrong)
        {
            throw NotSound(wrong.Message, wrong);
        }

        Tree.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Leaf)));
    }

    private async Task CompareRootAsync(PublishedStudy published, WitnessPolicy? policy, CancellationToken ct)
    {
        if (await published.CheckpointAsync(Size, ct) is { } note)
        {
            Checkpoint = Read(note, policy);
            var root = Convert.ToHexStringLower(Checkpoint.Checkpoint.Root.Span);
            if (Checkpoint.Checkpoint.Size != Size || root != Replay.Root)
                throw NotSound($"the entries have the root {Replay.Root}, the checkpoint at {Checkpoint.Checkpoint.Size} has {root}");
            if (Checkpoint.Seen is { HasQuorum: false })
                throw NotSound("the policy's quorum of witnesses is not reached");
        }
        else if ((await published.HeadAsync(Size, ct)).Root is var root && root != Replay.Root)
        {
            throw NotSound($"the entries have the root {Replay.Root}, their head at {Size} says {root}");
        }
    }

    /// <exception cref="CommandException">No checkpoint, or one whose signature does not hold.</exception>
    public static SignedCheckpoint Read(string note, WitnessPolicy? policy)
    {
        try
        {
            return SignedCheckpoint.Read(Encoding.UTF8.GetBytes(note), policy, "the checkpoint");
        }
        catch (Exception wrong) when (wrong is NotABundleException or AuditFailedException)
        {
            throw NotSound(wrong.Message, wrong);
        }
    }

    private static CommandException NotSound(string because, Exception? inner = null) => new(
        ExitCode.Failed, $"The ledger is not sound: {because}.",
        "Report this to the operators of the mesh and to the other auditors.", inner);
}
