using AlignmentMesh.Deploy.Local.Services;
using Xunit.Abstractions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>kill -9 at the worst moments: on either side of a commit, and between a broker's confirm and the stored position.</summary>
[Collection(OnFaultyMesh.Name)]
public sealed class FailpointTests(FaultyMesh run, ITestOutputHelper output) : FaultTest(run, output)
{
    [Theory]
    [InlineData("rating-intake", "intake-before-commit")]
    [InlineData("rating-intake", "intake-after-commit")]
    [InlineData("rating-intake", "sequencer-before-commit")]
    [InlineData("rating-intake", "sequencer-after-commit")]
    [InlineData("rating-intake", "publisher-after-confirm")]
    [InlineData("matrix-aggregation", "matrix-before-commit")]
    [InlineData("matrix-aggregation", "matrix-after-commit")]
    [InlineData("matrix-aggregation", "relay-after-confirm")]
    [InlineData("risk-scoring", "risk-before-commit")]
    [InlineData("risk-scoring", "risk-after-commit")]
    public Task A_service_killed_there_loses_nothing_and_counts_nothing_twice(string service, string failpoint) =>
        UnderLoadAsync(async _ =>
        {
            var process = Run.Mesh.Service(MeshService.Pipeline.Single(each => each.Name == service)).Process;
            var restarts = process.Restarts;
            Run.Arm(failpoint);
            await WaitUntilAsync(() => Run.WasReached(failpoint), $"{failpoint} is reached");
            await WaitUntilAsync(() => process.Restarts > restarts, $"{service} is started again");
        });
}
