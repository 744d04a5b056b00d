using AlignmentMesh.Ledger;

namespace AlignmentMesh.CheckpointSigning.Domain;

/// <summary>Judges what a ledger claims to be before it is signed: it must extend, entry by entry, what was kept.</summary>
/// <param name="Size">Entries that the ledger claims.</param>
/// <param name="Root">Root that it claims over them.</param>
/// <param name="NewLeafHashes">Hashes of the entries behind those that were kept, computed from the entries.</param>
/// <param name="Proof">The ledger's own consistency proof from the kept size on; not asked for where either size is 0 or nothing is new.
/// </param>
public sealed record SignCheckpoint(long Size, byte[] Root, IReadOnlyList<byte[]> NewLeafHashes, IReadOnlyList<byte[]> Proof)
{
    public Verdict Decide(KeptLedger kept)
    {
        if (Size < kept.Size)
        {
            return new Verdict.Refused(
                RefusalReason.LedgerShrank, $"{kept.Size} entries were signed; the ledger now has {Size}: entry {Size} is gone.");
        }

        if (NewLeafHashes.Count != Size - kept.Size)
        {
            return new Verdict.Refused(
                RefusalReason.EntriesMissing,
                $"The ledger counts {Size} entries and gives none at {kept.Size + NewLeafHashes.Count}.");
        }

        var after = kept.With(NewLeafHashes);
        if (!after.Root.AsSpan().SequenceEqual(Root))
        {
            return new Verdict.Refused(
                RefusalReason.RootDiffers,
                $"The root over {Size} entries is {Hex(after.Root)} by the entries that were seen; the ledger says {Hex(Root)}.");
        }

        return kept.Size == 0 || Size == kept.Size || MerkleProof.VerifyConsistency(kept.Size, kept.Root, Size, Root, Proof)
            ? new Verdict.Holds(after)
            : new Verdict.Refused(
                RefusalReason.ProofFails, $"The ledger's proof that its {Size} entries begin with the {kept.Size} signed ones fails.");
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
