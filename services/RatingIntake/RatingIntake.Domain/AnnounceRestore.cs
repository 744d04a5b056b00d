using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>
/// Says that the ledger was restored from a backup, so that later verification tells the restore from tampering. A closed
/// study's ledger may be restored too.
/// </summary>
/// <param name="Size">Entries that the ledger has now.</param>
/// <param name="KeptSize">Entries that the backup had.</param>
/// <param name="Root">Hex Merkle root over the kept entries; of no meaning when the kept size is refused.</param>
/// <param name="Manager">Random id of who announces it.</param>
public sealed record AnnounceRestore(long Size, long KeptSize, string Root, long? LostSize, string Reason, string Manager)
{
    public Decision Decide(Study study)
    {
        var refusals = Checks.Text("reason", Reason, Checks.MaxReason).ToList();
        if (KeptSize < 1 || KeptSize > Size)
            refusals.Add(Refusal.Of(RefusalReason.SizeOutOfRange, "keptSize", $"{KeptSize}", $"1..{Size}, the ledger's size now"));
        if (LostSize < KeptSize)
            refusals.Add(Refusal.Of(RefusalReason.SizeOutOfRange, "lostSize", $"{LostSize}", $"at least keptSize, which is {KeptSize}"));
        if (refusals.Count > 0) return Decision.Refuse(refusals);

        // Restoring the same backup once more takes the announcement away with everything else, so the same again is a repeat.
        return study.Restores is [.., { Manager: not null } last] && last.KeptSize == KeptSize && last.Root == Root
            ? Decision.Nothing
            : Decision.Accept(new LedgerRestored(study.Restores.Count + 2, KeptSize, Root, LostSize, Reason, Manager));
    }
}
