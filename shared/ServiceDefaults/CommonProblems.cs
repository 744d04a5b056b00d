namespace AlignmentMesh.ServiceDefaults;

/// <summary>Problems that any service can answer with.</summary>
public static class CommonProblems
{
    public static readonly ProblemType Malformed = new(
        "malformed-request", 400, "The request cannot be read", "Check the body, path and query against /openapi/v1.json.");

    public static readonly ProblemType SignIn = new(
        "sign-in-needed", 401, "A token is needed", "Send 'Authorization: Bearer TOKEN'; on a local mesh 'mesh token' prints one.");

    public static readonly ProblemType NotAllowed = new(
        "not-allowed", 403, "Your role does not allow this", "Ask the study's owner which role does; GET /problems lists none by name.");

    public static readonly ProblemType NotFound = new(
        "not-found", 404, "Nothing here", "Check the ids in the address; what you may not see also answers 404.");

    public static readonly ProblemType MethodNotAllowed = new(
        "method-not-allowed", 405, "This address does not take that method", "Corrections are new events: post a new rating.");

    public static readonly ProblemType BodyTooLarge = new(
        "body-too-large", 413, "The request body is too large", "Send at most 1 MiB (imports 5 MiB), in several requests if needed.");

    public static readonly ProblemType MediaType = new(
        "unsupported-media-type", 415, "The body's media type is not taken here", "Send application/json (imports: text/csv).");

    public static readonly ProblemType Internal = new(
        "internal-error", 500, "The service failed", "Nothing was changed. Report the trace id to the operators.");

    public static readonly ProblemType Unavailable = new(
        "temporarily-unavailable", 503, "The service cannot answer right now", "Try again with the same Idempotency-Key.");

    public static readonly IReadOnlyList<ProblemType> All =
        [Malformed, SignIn, NotAllowed, NotFound, MethodNotAllowed, BodyTooLarge, MediaType, Internal, Unavailable];
}
