namespace AlignmentMesh.Contracts;

/// <summary>What the checkpoint signer has signed, and what it refuses to sign.</summary>
public sealed record SigningReport(IReadOnlyList<SignedLedger> Ledgers);

/// <param name="Epoch">1, and one more with each restore that was explained.</param>
/// <param name="Size">Entries of the newest checkpoint.</param>
/// <param name="Root">64 hex digits.</param>
/// <param name="Refusal">Null while the ledger is the one that was signed.</param>
public sealed record SignedLedger(string Study, int Epoch, long Size, string Root, SigningRefusal? Refusal);

/// <summary>Why nothing of a study is signed any more. It stays until a restore, confirmed by two round managers, explains it.</summary>
/// <param name="Reason"><c>ledger-shrank</c>, <c>ledger-gone</c>, <c>entries-missing</c>, <c>root-differs</c>, <c>proof-fails</c> or
/// <c>restore-unexplained</c>.</param>
/// <param name="What">In a sentence for readers.</param>
/// <param name="At">RFC 3339 UTC with microseconds.</param>
/// <param name="Claimed">What the ledger claimed, under intake's own signature: kept as evidence.</param>
public sealed record SigningRefusal(string Reason, string What, string At, TreeHead? Claimed);
