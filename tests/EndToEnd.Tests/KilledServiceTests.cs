using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Ledger;
using AlignmentMesh.Tests;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>kill -9 of each service under load: what was acknowledged is in the ledger and in the matrix exactly once.</summary>
public sealed class KilledServiceTests(MeshRun run) : IClassFixture<MeshRun>
{
    private const int Raters = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

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
            acknowledged.Add(await WaitUntilAnsweredAsync(client, study, request, $"{study}-{rater}-{n}"));
        }
    }

    /// <summary>Posts with one key until it is answered, as a client does whose connection broke.</summary>
    private static async Task<Guid> WaitUntilAnsweredAsync(MeshClient client, string study, SubmitRatingsRequest request, string key)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var answer = await client.PostAsync($"studies/{study}/ratings", request, key);
                if (answer.IsSuccessStatusCode)
                    return (await answer.Content.ReadFromJsonAsync<RatingsReceipt>(ContractJson.Options))!.EventId!.Value;
                Assert.True((int)answer.StatusCode >= 500, await answer.Content.ReadAsStringAsync());
            }
            catch (Exception down) when (down is HttpRequestException or TaskCanceledException && !limit.IsCancellationRequested)
            {
                // The service is down; the supervisor starts it again.
            }

            await Task.Delay(100);
        }
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition()) await Task.Delay(20, limit.Token);
    }
}
