using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service;

/// <summary>The problem types of rating-intake: one for every reason of a refusal, and those of the transport.</summary>
internal static class IntakeProblems
{
    public static readonly ProblemType KeyMissing = new(
        "idempotency-key-missing", 400, "The request has no Idempotency-Key",
        "Send a new key with each request and the same key with a retry, so that a retry is never counted twice.");

    public static readonly ProblemType KeyUsed = new(
        "idempotency-key-used", 422, "This Idempotency-Key was used for another body",
        "Send a new key for a new request; repeat the old body to get the old answer.");

    public static readonly ProblemType VersionDiffers = new(
        "assessment-changed", 412, "The assessment has changed since you read it",
        "Read it again (GET .../assessment), then send the request with its ETag in If-Match.");

    public static readonly ProblemType BadParameter = new(
        "parameter-out-of-range", 400, "A parameter is out of range", "Use a value from the range that the answer names.");

    public static readonly ProblemType NotTheOwner = new(
        "not-the-owner", 403, "Another organisation owns the study", "Ask a round manager of the study's owner.");

    public static readonly ProblemType ImportRefused = new(
        "import-rejected", 422, "Rows of the file are refused", "Mend the rows that 'errors' names and send the file again.");

    public static readonly ProblemType Busy = new(
        "busy", 503, "Too many requests wait to be committed", "Try again after Retry-After with the same Idempotency-Key.");

    public static readonly ProblemType LedgerDamaged = new(
        "ledger-damaged", 500, "The ledger lacks a row that it counts",
        "The database was changed behind the service: see docs/operations/audit.md, and restore a backup as an announced epoch.");

    public static readonly ProblemType CheckpointRefused = new(
        "checkpoint-refused", 422, "The checkpoint is not kept",
        "Send a note that the checkpoint signer signed, with cosignatures of the witnesses that GET /api/v1/ledger/STUDY/keys names.");

    private static readonly Dictionary<RefusalReason, ProblemType> Refusals = Enum.GetValues<RefusalReason>().ToDictionary(
        reason => reason,
        reason => new ProblemType(
            Refusal.Slug(reason), StatusOf(reason), $"Refused: {Refusal.Slug(reason).Replace('-', ' ')}",
            "Nothing was changed. Each of 'refusals' names item, field, value and what is allowed."));

    public static IEnumerable<ProblemType> All =>
        Refusals.Values.Concat(
            [KeyMissing, KeyUsed, VersionDiffers, BadParameter, NotTheOwner, ImportRefused, Busy, LedgerDamaged,
                CheckpointRefused]);

    /// <summary>All refusals in one problem; its type is the first one's.</summary>
    public static ProblemHttpResult ToProblem(this IReadOnlyList<Refusal> refusals) =>
        Refusals[refusals[0].Reason].ToResult(
            string.Join(" ", refusals.Take(3).Select(Sentence)) + (refusals.Count > 3 ? $" And {refusals.Count - 3} more." : ""),
            [KeyValuePair.Create<string, object?>("refusals", refusals.Select(refusal => new
            {
                reason = Refusal.Slug(refusal.Reason), refusal.Item, refusal.Field, refusal.Value, refusal.Allowed,
            }))]);

    public static Refusal UnknownStudyRefusal(string study) =>
        Refusal.Of(RefusalReason.UnknownStudy, "study", study, "a study of GET /api/v1/studies");

    public static ProblemHttpResult UnknownStudyResult(string study) => ToProblem([UnknownStudyRefusal(study)]);

    public static ProblemHttpResult NotTheOwnerResult(string study, string organisation) =>
        NotTheOwner.ToResult($"Study '{study}' is owned by another organisation than '{organisation}'.");

    public static ProblemHttpResult OutOfRange(string field, long value, string allowed) => BadParameter.ToResult(
        $"{field} is {value}; allowed: {allowed}.",
        [new("field", field), new("value", value), new("allowed", allowed)]);

    public static ProblemException DamagedAt(string study, long index) => new(
        LedgerDamaged, $"Entry {index} of study '{study}' is missing in the ledger, or its hashes are.");

    public static string Sentence(Refusal refusal)
    {
        var where = refusal.Item is null ? refusal.Field : $"{refusal.Item}.{refusal.Field}";
        var value = refusal.Value is null ? "missing" : $"'{refusal.Value}'";
        return $"{where} is {value}; allowed: {refusal.Allowed}.";
    }

    private static int StatusOf(RefusalReason reason) => reason switch
    {
        RefusalReason.UnknownStudy or RefusalReason.UnknownRound or RefusalReason.UnknownEpoch
            or RefusalReason.UnknownGrant => StatusCodes.Status404NotFound,
        RefusalReason.StudyClosed or RefusalReason.StudyExists or RefusalReason.RoundAlreadyOpen or RefusalReason.NoOpenRound
            or RefusalReason.RoundClosed or RefusalReason.OrganisationNotAdmitted
            or RefusalReason.SecondManagerNeeded or RefusalReason.GrantEnded => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
