namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>Why a page is not folded. The slug labels the metric.</summary>
internal static class RefusalReason
{
    public const string Malformed = "malformed";
    public const string WrongSignature = "wrong-signature";
    public const string UnreadableEntry = "unreadable-entry";
    public const string WrongCommitment = "wrong-commitment";
    public const string WrongRoot = "wrong-root";
    public const string CannotStand = "cannot-stand";
    public const string MissingOpening = "missing-opening";
    public const string RepeatedEvent = "repeated-event";
}

/// <summary>A page that is not what intake sequenced. Nothing of it is stored.</summary>
/// <param name="detail">Ids and what was allowed; never content of an entry.</param>
internal sealed class PageRefusedException(string reason, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public string Reason { get; } = reason;
}
