using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Service.Tests;
using Xunit.Abstractions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>A mesh with its signer, on servers of its own that can be killed.</summary>
public sealed class KilledMesh : MeshRun
{
    protected override LocalMeshOptions Options() => new() { OnlyPrivateServers = true, Restarts = FaultyMesh.NeverGivesUp };
}

/// <summary>
/// A seeded history sent to a mesh of which one part after the other is killed, and then proved by an auditor: every accepted rating is
/// in the ledger once, and every published number follows from it to the last bit.
/// </summary>
public sealed class KilledHistoryTests(KilledMesh run, ITestOutputHelper output) : IClassFixture<KilledMesh>
{
    private const int Receipts = 20;

    [Fact]
    public Task Two_thousand_ratings_are_accepted_once_and_proved_though_every_part_is_killed() =>
        HoldsAsync(organisations: 10, ratings: 2_000, seed: 11, kills: 6);

    [Fact]
    [Trait("Length", "Long")]
    public Task A_hundred_thousand_ratings_are_accepted_once_and_proved_though_every_part_is_killed() =>
        HoldsAsync(organisations: 50, ratings: 100_000, seed: 20_261_126, kills: 24);

    private async Task HoldsAsync(int organisations, int ratings, int seed, int kills)
    {
        var history = new SeededHistory(PaperTable.Catalogue, organisations, ratersEach: 4, ratings, seed).Steps().ToList();
        var study = await run.StudyAsync(PaperTable.Catalogue, "open", [.. Enumerable.Range(0, organisations).Select(n => $"org-{n}")]);
        var sender = new HistorySender(run, study);
        var started = Stopwatch.GetTimestamp();
        var sending = sender.SendAsync(history);
        await KillAsync(sender, sending, kills, seed, every: ratings / (kills + 1));
        await sending;
        Say($"{ratings} ratings in {sender.Accepted.Count} requests", started);
        Assert.True(sender.Sender.Unexpected.Count == 0, string.Join('\n', sender.Sender.Unexpected.Take(5)));

        var size = sender.Accepted.Count + sender.Managed + organisations + 2L;
        await run.WaitForVersionAsync(study, size, limit: TimeSpan.FromMinutes(3));
        Say($"{sender.Sender.Broken} broken off, {sender.Sender.Busy} told to wait, all of {size} entries published", started);
        RequireEachOnce(await run.EntriesAsync(study, size), sender, ratings);
        await RequireProvedAsync(study, size, sender, seed);
        Say("proved", started);
    }

    /// <summary>kill -9 of each part in turn, in seeded order, after so many more ratings; whoever supervises it starts it again.</summary>
    private async Task KillAsync(HistorySender sender, Task sending, int kills, int seed, int every)
    {
        var servers = run.Mesh.Servers;
        Func<Task>[] parts =
        [
            .. MeshService.WithSigner.Select(service => (Func<Task>)(() => run.Mesh.Service(service).Process.CrashAsync())),
            () => AgainAsync(servers.Postgres.KillAsync, servers.Postgres.StartAsync),
            () => AgainAsync(servers.RabbitMq.KillAsync, servers.RabbitMq.StartAsync),
        ];
        var (draws, dead) = (new Random(seed), new List<Task>());
        for (var kill = 0; kill < kills; kill++)
        {
            if (kill % parts.Length == 0) draws.Shuffle(parts);
            await WaitForRatedAsync(sender, sending, (kill + 1) * every);
            // The broker takes seconds to come back; the next part does not wait for it.
            dead.Add(parts[kill % parts.Length]());
        }

        await Task.WhenAll(dead);
    }

    private static async Task WaitForRatedAsync(HistorySender sender, Task sending, int ratings)
    {
        while (sender.Rated < ratings && !sending.IsCompleted) await Task.Delay(20);
        Assert.False(sending.IsCompleted, $"all was sent before {ratings} ratings were seen");
    }

    private static async Task AgainAsync(Func<Task> kill, Func<CancellationToken, Task> start)
    {
        await kill();
        await start(default);
    }

    private static void RequireEachOnce(List<LedgerEntry> entries, HistorySender sender, int ratings)
    {
        var rated = 0;
        var left = sender.Accepted.ToDictionary();
        foreach (var entry in entries)
        {
            var leaf = Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf));
            var envelope = Envelope.Parse(Encoding.UTF8.GetBytes(entry.Opening!.Envelope));
            if (envelope.Rater is null) continue;
            Assert.True(left.Remove(leaf.EventId, out var accepted), $"entry {entry.Index} is of an event of nobody, or twice");
            Assert.Equal(accepted.Receipt.Commitment, leaf.Commitment);
            if (accepted.Request is not SubmitRatingsRequest sheet) continue;
            var stored = envelope.Data.Deserialize<RatingsSubmitted>(ContractJson.Options)!;
            Assert.Equal(
                sheet.Items.Select(item => (item.Technique, item.FailureMode, (string?)Decimals.Format(item.Best!.Value))),
                stored.Items.Select(item => (item.Technique, item.FailureMode, item.Best)));
            rated += stored.Items.Count;
        }

        Assert.Empty(left);
        Assert.Equal(ratings, rated);
    }

    private async Task RequireProvedAsync(string study, long size, HistorySender sender, int seed)
    {
        using var auditor = new Auditor(run);
        var (policy, checkpoint, _) = await auditor.WaitForCheckpointAsync(study, size);
        var bundle = auditor.PathOf("study.zip");
        await auditor.MeshAsync("audit", "export", study, "-o", bundle, "--size", $"{size}");
        var verified = JsonDocument.Parse(
            await auditor.MeshAsync("audit", "verify", bundle, "--policy", policy, "--against", checkpoint, "--json")).RootElement;
        Assert.True(verified.GetProperty("verified").GetBoolean() && verified.GetProperty("signed").GetBoolean());
        foreach (var check in verified.GetProperty("checks").EnumerateArray()
            .Where(check => check.GetProperty("check").GetString() is "matrix" or "risk"))
        {
            Assert.EndsWith("reproduced, all to the last bit", check.GetProperty("detail").GetString()!.Split(" (")[0]);
            output.WriteLine(check.GetProperty("detail").GetString()!);
        }

        var receipts = sender.Accepted.OrderBy(accepted => accepted.Key).Select(accepted => accepted.Value.Receipt).ToArray();
        new Random(seed).Shuffle(receipts);
        foreach (var receipt in receipts.Take(Receipts))
        {
            var file = auditor.Written("receipt", JsonSerializer.Serialize(receipt, ContractJson.Options));
            Assert.Contains("Your rating is entry", await auditor.MeshAsync("audit", "receipt", file, "--policy", policy));
        }
    }

    private void Say(string what, long started) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what} after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
}
