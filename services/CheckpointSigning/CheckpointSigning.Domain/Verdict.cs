namespace AlignmentMesh.CheckpointSigning.Domain;

/// <summary>What the signer makes of what a ledger says of itself.</summary>
public abstract record Verdict
{
    private protected Verdict()
    {
    }

    /// <summary>Everything that was kept still holds; this is what to keep and to sign.</summary>
    public sealed record Holds(KeptLedger After) : Verdict;

    /// <summary>The ledger is not the one that was signed: nothing of it is signed again until a restore explains it.</summary>
    /// <param name="What">For a person, with the entry that differs where it is known.</param>
    public sealed record Refused(RefusalReason Reason, string What) : Verdict;
}

public enum RefusalReason
{
    /// <summary>It has fewer entries than were signed: the last ones were deleted, or an older backup was restored.</summary>
    LedgerShrank,

    /// <summary>It has none any more.</summary>
    LedgerGone,

    /// <summary>It counts entries that it does not give.</summary>
    EntriesMissing,

    /// <summary>Its root is not that of the entries that were seen.</summary>
    RootDiffers,

    /// <summary>It cannot prove that it begins with what was signed.</summary>
    ProofFails,

    /// <summary>A confirmed restore was announced, and does not explain what is there.</summary>
    RestoreUnexplained,
}
