namespace AlignmentMesh.CheckpointSigning.Domain;

/// <summary>
/// Judges whether confirmed restores explain why a ledger is not the one that was signed: what a backup kept must be, entry by
/// entry, what the signer saw; only what came after it may differ.
/// </summary>
/// <param name="OwnLeafHashes">All that the signer saw.</param>
/// <param name="LeafHashes">All that the ledger has now, computed from its entries.</param>
/// <param name="Root">What it claims over them.</param>
/// <param name="Restores">All confirmed ones that it has.</param>
public sealed record AcceptRestore(
    IReadOnlyList<byte[]> OwnLeafHashes, IReadOnlyList<byte[]> LeafHashes, byte[] Root, IReadOnlyList<ConfirmedRestore> Restores)
{
    public Verdict Decide(KeptLedger kept)
    {
        var fresh = Restores.Where(restore => restore.Epoch > kept.Epoch).ToArray();
        if (fresh.Length == 0) return Unexplained($"No confirmed restore begins an epoch after {kept.Epoch}.");
        if (fresh.FirstOrDefault(restore => restore.Index < restore.KeptSize || restore.KeptSize > LeafHashes.Count) is { } early)
            return Unexplained($"The restore of epoch {early.Epoch} says that the entry which announces it was in the backup.");
        if (fresh.FirstOrDefault(restore => !RootOf(restore.KeptSize).AsSpan().SequenceEqual(restore.Root)) is { } other)
            return Unexplained($"The root of the restore of epoch {other.Epoch} is not that of the first {other.KeptSize} entries.");
        var boundary = (int)Math.Min(fresh.Min(restore => restore.KeptSize), OwnLeafHashes.Count);
        for (var i = 0; i < boundary; i++)
            if (!OwnLeafHashes[i].AsSpan().SequenceEqual(LeafHashes[i]))
                return Unexplained($"Entry {i} is not the one that was signed, although the backup is said to have had it.");
        var after = (KeptLedger.Nothing(kept.Study) with { Epoch = fresh[^1].Epoch }).With(LeafHashes);
        return after.Root.AsSpan().SequenceEqual(Root)
            ? new Verdict.Holds(after)
            : Unexplained($"The root over all {after.Size} entries is not the one that the ledger claims.");
    }

    private static Verdict.Refused Unexplained(string what) => new(RefusalReason.RestoreUnexplained, what);

    private byte[] RootOf(long size) => KeptLedger.Nothing("").With([.. LeafHashes.Take((int)size)]).Root;
}
