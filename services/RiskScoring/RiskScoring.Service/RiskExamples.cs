using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service;

/// <summary>
/// Examples of every body that risk-scoring takes and gives. Answers are what the service answered about one small study;
/// they are kept as JSON and held by a test that asks again.
/// </summary>
internal static class RiskExamples
{
    public const string Study = "my-study";

    /// <summary>A message that failed.</summary>
    public const string Message = "0199a7c0-5d1e-7c52-9b0e-3d8f6a1b2c4d";

    /// <summary>What is answered, each in a resource named after its type.</summary>
    public static readonly IReadOnlyList<Type> Answers =
    [
        typeof(RiskReport), typeof(RiskVersions), typeof(PortfolioReport), typeof(RiskFrontier), typeof(RiskOverlap),
        typeof(RiskImportance), typeof(RiskCells), typeof(RiskUncertainty), typeof(RiskPaper), typeof(RiskSimulation),
        typeof(RiskProgress), typeof(StudiesPulled), typeof(QueueList), typeof(DeadLetterList), typeof(DeadLetter),
        typeof(DeadLettersChanged), typeof(ReplayedVersion),
    ];

    public static IEnumerable<object> Requests =>
    [
        new SimulateRequest(
            ["RLHF", "Debate"], LayersNeeded: 1, [new("RLHF", "DEC-AL", 0.9)], [new("DEC-AL", 0.2)], [new("Debate", 2)],
            UnmodelledFloor: 0.02, ResidualBeta: 0.1, [new(["COLL", "DEC-AL"], 0.5)], ExclusiveModes: true, Seed: 7),
        new OperationRequest(DryRun: false),
        new ReplayErrorsRequest(Message, DryRun: true),
        new DiscardErrorsRequest("Its sender was a test.", Message, DryRun: true),
    ];

    public static void AddExamples(this IServiceCollection services) =>
        services.AddExamples(typeof(RiskExamples).Assembly, Requests, Answers);
}
