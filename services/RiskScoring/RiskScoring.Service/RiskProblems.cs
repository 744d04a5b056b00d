using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service;

/// <summary>The problem types of risk-scoring. Every problem names the field, its value and what is allowed.</summary>
internal static class RiskProblems
{
    public static readonly ProblemType UnknownStudy = new(
        "unknown-study", 404, "No such study", "Use a study of GET /api/v1/studies of rating-intake.");

    public static readonly ProblemType UnknownVersion = new(
        "unknown-version", 404, "No such version", "Use a version that the answer names, or leave it out for the newest.");

    public static readonly ProblemType UnknownTechnique = new(
        "unknown-technique", 404, "No such technique", "Use the ids that the answer names, separated by commas.");

    public static readonly ProblemType BadParameter = new(
        "parameter-out-of-range", 400, "A parameter is out of range", "Use a value from the range that the answer names.");

    public static readonly ProblemType RepeatedTechnique = new(
        "repeated-technique", 400, "A technique is named twice", "Name every technique of the portfolio once; the order does not matter.");

    public static readonly ProblemType TooLarge = new(
        "too-many-techniques", 422, "Too many techniques for this question", "Ask for portfolios of fewer techniques, one by one.");

    public static readonly ProblemType TooMuchWork = new(
        "too-much-work", 422, "More work than one answer may take",
        "Ask for what the answer allows: fewer draws, or a portfolio of fewer techniques.");

    public static readonly ProblemType Busy = new(
        "busy", 503, "Too many answers are being computed",
        "Try again after Retry-After; the same question asked twice is computed once.");

    public static readonly ProblemType Replaying = new(
        "replaying", 503, "Another replay is running", "Try again after Retry-After; replays run one at a time.");

    public static readonly ProblemType MatrixUnreachable = new(
        "matrix-unreachable", 503, "The matrix cannot be read right now",
        "Try again after Retry-After. Versions listed by .../risk/versions are stored and keep answering.");

    public static readonly IReadOnlyList<ProblemType> All =
    [
        UnknownStudy, UnknownVersion, UnknownTechnique, BadParameter, RepeatedTechnique, TooLarge, TooMuchWork, Busy, Replaying,
        MatrixUnreachable,
    ];

    public static ProblemException Of(this ProblemType type, string field, string value, string allowed) => new(
        type,
        $"{field} is '{value}'; allowed: {allowed}.",
        new Dictionary<string, object?> { ["field"] = field, ["value"] = value, ["allowed"] = allowed });
}
