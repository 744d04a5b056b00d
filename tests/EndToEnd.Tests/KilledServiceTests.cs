using System.Collections.Concurrent;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.EndToEnd.Tests.Faults;
using AlignmentMesh.Ledger;
using AlignmentMesh.Tests;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>kill -9 of each service under load: what was acknowledged is in the ledger and in the matrix exactly once.</summary>
public sealed class KilledServiceTests(MeshRun run) : IClassFixture<MeshRun>
{
    private const int Raters = 8;

    private readonly PatientSender _sender = new();

    [Theory]
    [InlineData("rating-intake")]
    [InlineData("matrix-aggregation")]
    [InlineData("risk-scoring")]
    public async Task Killing_a_service_under_load_loses_nothing_that_was_acknowledged(string name)
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "open", "lab-a");
        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentBag<Guid>();
        var load = Enumerable.Range(0, Raters).Select(rater => RateAsync(study, rater, acknowledged, stop.Token)).ToArray();
        await WaitUntilAsync(() => acknowledged.Count > 50);
        var service = run.Mesh.Service(MeshService.Pipeline.Single(each => each.Name == name));
        await service.Process.CrashAsync();
        var before = acknowledged.Count;
        await WaitUntilAsync(() => acknowledged.Count > before + 50);
        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.Empty(_sender.Unexpected);

        var expected = acknowledged.Count + 3;
        var head = await run.Intake().WaitForSizeAsync(study, expected);
        var (matrix, _) = await run.WaitForVersionAsync(study, head.Size);
        var leaves = (await run.EntriesAsync(study, head.Size)).ConvertAll(entry => Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf)));
        Assert.Equal(expected, head.Size);
        Assert.Equal(acknowledged.Order(), leaves.Skip(3).Select(leaf => leaf.EventId).Order());
        Assert.Equal((head.Size, head.Root), (matrix.Version, matrix.Root));
        Assert.Equal(Raters, matrix.Consensus.Single(cell => cell is { Technique: "RLHF", FailureMode: "COLL" }).Raters);
    }

    private async Task RateAsync(string study, int rater, ConcurrentBag<Guid> acknowledged, CancellationToken stop)
    {
        var client = run.Intake("lab-a", $"rater-{rater}", "rater");
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var request = new SubmitRatingsRequest([new("RLHF", "COLL", Best: n % 1000 / 1000m + rater / 1_000_000m)]);
            var receipt = await _sender.WaitForAnswerAsync<RatingsReceipt>(
                [client], $"studies/{study}/ratings", request, $"{study}-{rater}-{n}");
            // Why there is none is reported.
            if (receipt is null) return;
            acknowledged.Add(receipt.EventId!.Value);
        }
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(PatientSender.Patience);
        while (!condition()) await Task.Delay(20, limit.Token);
    }
}
