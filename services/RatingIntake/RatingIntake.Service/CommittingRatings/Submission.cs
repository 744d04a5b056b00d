using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;

namespace AlignmentMesh.RatingIntake.Service.CommittingRatings;

/// <summary>One request that changes assessments, committed as a whole: one command a rater (an import has many).</summary>
/// <param name="IfVersion">The assessment version that the caller saw (If-Match), for a request with one command.</param>
internal sealed record Submission(
    string Study, string Organisation, IReadOnlyList<RaterCommand> Commands, IdempotencyKey Key, long? IfVersion, string? Traceparent)
{
    public IEnumerable<string> Streams => Commands.Select(command => StreamKeys.Assessment(Study, Organisation, command.Rater)).Distinct();
}

/// <param name="Texts">Free texts that the command's hashes stand for.</param>
internal sealed record RaterCommand(string Rater, Func<Study, Assessment, Decision> Decide, IReadOnlyList<FreeText> Texts);

/// <summary>A rationale or an evidence title, stored apart from the ledger, which has its hash only.</summary>
internal sealed record FreeText(string Hash, byte[] Salt, string Body);

/// <summary>What became of a submission.</summary>
internal abstract record SubmissionOutcome
{
    /// <param name="Again">True when this Idempotency-Key had been answered before.</param>
    public sealed record Accepted(IReadOnlyList<RatingsReceipt> Receipts, bool Again) : SubmissionOutcome;

    /// <param name="Command">Index of the command that was refused.</param>
    public sealed record Refused(int Command, IReadOnlyList<Refusal> Refusals) : SubmissionOutcome;

    public sealed record VersionDiffers(long Current) : SubmissionOutcome;

    public sealed record KeyUsedForOther : SubmissionOutcome;
}
