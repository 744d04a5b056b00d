using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;

namespace AlignmentMesh.Mesh.Cli.Steering;

/// <summary>What other constants would do to the newest matrix.</summary>
/// <param name="Now">The method with the constants in force.</param>
/// <param name="Then">The method with those that were asked about.</param>
/// <param name="LargestShift">Of a rated cell's mean, with its sign; 0 where none moves.</param>
/// <param name="Technique">Of that cell; null where none moves.</param>
internal sealed record PolicyEffect(
    string Study, long Version, string Now, string Then, int RatedCells, int ChangedVerdicts, double LargestShift, string? Technique,
    string? FailureMode)
{
    public static async Task<PolicyEffect> OfAsync(ServiceClient intake, string study, PolicyConstants constants, CancellationToken ct)
    {
        var (head, state) = await LedgerFold.ReadAsync(intake, study, ct);
        var asked = StudyPolicy.Of(PolicyOptions.Stated(constants));
        var rated = Headline(state, head).Zip(Headline(state with { Policy = asked }, head))
            .Where(pair => pair.First.Mean is not null).ToArray();
        var furthest = rated.MaxBy(pair => Math.Abs(Shift(pair)));
        var largest = furthest.First is null ? 0 : Shift(furthest);
        return new PolicyEffect(
            study, head.Size, PolicyCommand.MethodOf(state.Policy), PolicyCommand.MethodOf(asked), rated.Length,
            rated.Count(pair => pair.First.Verdict != pair.Second.Verdict), largest,
            largest == 0 ? null : furthest.First!.Technique, largest == 0 ? null : furthest.First!.FailureMode);
    }

    private static IReadOnlyList<ConsensusCell> Headline(MatrixState state, TreeHead head) =>
        Consensus.Of(state, head.Root).Matrix.Lenses[Method.Rohl1];

    private static double Shift((ConsensusCell Now, ConsensusCell Then) pair) => pair.Then.Mean!.Value - pair.Now.Mean!.Value;
}
