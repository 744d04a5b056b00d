namespace AlignmentMesh.ServiceDefaults.Operations;

/// <summary>What operating endpoints answer where they cannot do what was asked for.</summary>
public static class OperationProblems
{
    public static readonly ProblemType BadArgument = new(
        "operation-argument", 400, "An argument is out of range", "Use a value from the range that the answer names.");

    public static readonly ProblemType UnknownMessage = new(
        "unknown-message", 404, "No such message", "GET /api/v1/operations/errors lists those that wait.");

    public static readonly ProblemType UnknownStudy = new(
        "unknown-position", 404, "No position of that study", "GET /api/v1/operations/subscription lists the studies.");

    public static readonly ProblemType BrokerSilent = new(
        "broker-silent", 503, "The broker does not answer", "Check that RabbitMQ runs, then try again; nothing was changed twice.");

    public static readonly ProblemType Running = new(
        "operation-running", 409, "Such an operation is running already", "Wait for it; GET /api/v1/operations/log shows it.");

    public static readonly IReadOnlyList<ProblemType> All = [BadArgument, UnknownMessage, UnknownStudy, BrokerSilent, Running];

    public static ProblemException Argument(string field, object value, string allowed) => new(
        BadArgument, $"{field} is '{value}'; allowed: {allowed}.",
        new Dictionary<string, object?> { ["field"] = field, ["value"] = value.ToString(), ["allowed"] = allowed });

    public static ProblemException Study(string study) => new(UnknownStudy, $"Nothing of a study '{study}' was ever sent.");
}
