using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.MatrixAggregation.Service;

/// <summary>What matrix-aggregation answers where it cannot give what was asked for.</summary>
internal static class MatrixProblems
{
    public static readonly ProblemType UnknownStudy = new(
        "unknown-study", 404, "No such study", "GET /api/v1/matrix/heads lists the studies that have a matrix.");

    public static readonly ProblemType UnknownVersion = new(
        "unknown-version", 404, "No such version", "Ask for a version up to the current one, which the problem names.");

    public static readonly ProblemType UnknownRound = new(
        "unknown-round", 404, "No such closed round", "Ask for a closed round; a version exists just after each RoundClosed.");

    public static readonly ProblemType RoundStillOpen = new(
        "round-still-open", 409, "The round is still open", "Ask again when the study's round manager has closed the round.");

    public static readonly ProblemType IntakeUnreachable = new(
        "intake-unreachable", 503, "What only rating-intake knows cannot be read right now", "Try again in a moment.");

    public static readonly ProblemType UnknownCell = new(
        "unknown-cell", 404, "No such cell", "Use the ids of a technique and a failure mode of the study's catalogue.");

    public static readonly ProblemType UnknownLens = new(
        "unknown-lens", 400, "No such lens", "Use one of the lenses that the problem names.");

    public static readonly ProblemType BadTime = new(
        "bad-time", 400, "Not an instant", "Use RFC 3339 with an offset, e.g. 2026-03-01T09:30:00Z (a plus sign as %2B).");

    public static readonly ProblemType OneVersionOnly = new(
        "one-version-only", 400, "More than one way to choose the version", "Give one of version, at and round, or none for the newest.");

    public static readonly ProblemType OutOfRange = new(
        "out-of-range", 400, "A number is out of its range", "Use a number in the range that the problem names.");

    public static readonly ProblemType UnknownFormat = new(
        "unknown-format", 400, "No such format", "Use format=json or format=csv, or leave it to the Accept header.");

    public static readonly ProblemType Busy = new(
        "busy", 503, "Too many computations wait", "Try again after Retry-After. .../matrix/versions/{version} needs no computation.");

    public static readonly IReadOnlyList<ProblemType> All =
    [
        UnknownStudy, UnknownVersion, UnknownRound, RoundStillOpen, IntakeUnreachable, UnknownCell, UnknownLens, BadTime, OneVersionOnly,
        OutOfRange, UnknownFormat, Busy,
    ];

    public static ProblemException Study(string study) => new(UnknownStudy, $"No study '{study}' was folded yet.");

    public static ProblemException Version(string study, long version, long head) => new(
        UnknownVersion, $"Version {version} of '{study}' does not exist; allowed are 1 to {head}, the current one.",
        new Dictionary<string, object?> { ["currentVersion"] = head });

    public static ProblemException Round(string study, int round, IEnumerable<int> closed) => new(
        UnknownRound, $"Round {round} of '{study}' is not a closed round; closed are: {Listed(closed.Select(number => $"{number}"))}.");

    public static ProblemException StillOpen(string study, int round, string mode) => new(
        RoundStillOpen,
        $"Round {round} of '{study}' is open ({mode}); its feedback is there as soon as the round is closed and that is folded.",
        new Dictionary<string, object?> { ["round"] = round, ["mode"] = mode });

    public static ProblemException Intake() => new(IntakeUnreachable, "rating-intake did not answer.");

    public static ProblemException Cell(string study, string technique, string failureMode) => new(
        UnknownCell, $"'{study}' has no cell '{technique}' x '{failureMode}' in that version's catalogue.");

    public static ProblemException Lens(string lens, IEnumerable<string> known) => new(
        UnknownLens, $"lens is '{lens}'; allowed are: {Listed(known)}.");

    public static ProblemException Time(string at) => new(BadTime, $"at is '{at}'; allowed is RFC 3339, e.g. 2026-03-01T09:30:00Z.");

    public static ProblemException BeforeFirst(string study, string at) => new(
        UnknownVersion, $"at is '{at}'; '{study}' has no version as early as that.");

    public static ProblemException Several(IEnumerable<string> given) => new(
        OneVersionOnly, $"Given are {Listed(given)}; allowed is one of version, at and round.");

    public static ProblemException Limit(string name, long value, string allowed) => new(
        OutOfRange, $"{name} is {value}; allowed are {allowed}.");

    public static ProblemException Format(string format) => new(UnknownFormat, $"format is '{format}'; allowed are json and csv.");

    public static ProblemException TooMany(int waiting) => new(Busy, $"{waiting} requests wait for a computation already.");

    private static string Listed(IEnumerable<string> values) => string.Join(", ", values) is { Length: > 0 } some ? some : "none";
}
