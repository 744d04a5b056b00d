using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.MatrixAggregation.Service;

/// <summary>
/// Examples of every body that matrix-aggregation takes and gives. Answers are what the service answered about one small study;
/// they are kept as JSON and held by a test that asks again.
/// </summary>
internal static class MatrixExamples
{
    public const string Study = "my-study";

    /// <summary>A message that failed.</summary>
    public const string Message = "0199a7c0-5d1e-7c52-9b0e-3d8f6a1b2c4d";

    /// <summary>What is answered, each in a resource named after its type.</summary>
    public static readonly IReadOnlyList<Type> Answers =
    [
        typeof(MatrixView), typeof(ConsensusMatrix), typeof(MatrixVersions), typeof(MatrixHeads), typeof(CellLineage), typeof(CellHistory),
        typeof(MatrixDiff), typeof(MatrixDeltas), typeof(MatrixAgreement), typeof(MatrixSensitivity), typeof(OrganisationViews),
        typeof(RoundFeedback),
        typeof(MatrixProgress), typeof(StudiesPulled), typeof(Rewound), typeof(RebuildLine), typeof(QueueList), typeof(DeadLetterList),
        typeof(DeadLetter), typeof(DeadLettersChanged), typeof(ReplayedVersion),
    ];

    public static IEnumerable<object> Requests =>
    [
        new OperationRequest(DryRun: false),
        new RewindRequest(Study, To: 4, DryRun: true),
        new RebuildRequest(DryRun: true),
        new ReplayErrorsRequest(Message, DryRun: true),
        new DiscardErrorsRequest("Its sender was a test.", Message, DryRun: true),
    ];

    public static void AddExamples(this IServiceCollection services) =>
        services.AddExamples(typeof(MatrixExamples).Assembly, Requests, Answers);
}
