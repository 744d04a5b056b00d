using System.Net;
using System.Net.Http.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class OperatingTests(Servers servers)
{
    [Fact]
    public async Task Every_operating_endpoint_needs_the_role_operator()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        string[] reads = ["operations/subscription", "operations/queues", "operations/errors", "operations/errors/x", "operations/log"];
        (string Path, object Body)[] changes =
        [
            ("operations/subscription:rewind", new RewindRequest("s", 0)), ("operations/studies:pull", new OperationRequest()),
            ("operations/studies/s:rebuild", new RebuildRequest()), ("operations/errors:replay", new ReplayErrorsRequest()),
            ("operations/errors:discard", new DiscardErrorsRequest("r")),
        ];
        foreach (var (who, status) in new[] { ("rater", HttpStatusCode.Forbidden), ("", HttpStatusCode.Unauthorized) })
        {
            using var caller = new OperatorClient(host, servers.Keys, who);
            foreach (var path in reads) Assert.Equal(status, await caller.StatusOfAsync(path));
            foreach (var (path, body) in changes) Assert.Equal(status, await caller.StatusOfAsync(path, body));
        }
    }

    [Fact]
    public async Task Positions_follow_the_fold_and_a_rewound_relay_sends_the_newest_version_again()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(6);
        await scene.ListenAsync();
        var host = await scene.StartAsync();
        await host.WaitForAsync(ledger);
        using var caller = new OperatorClient(host, servers.Keys);
        await WaitForSentAsync(scene, 1);
        await WaitForRelayedAsync(caller, 10);
        var study = Assert.Single((await caller.GetAsync<MatrixProgress>("operations/subscription")).Studies);
        Assert.Equal((10L, 10L, ledger.Head(10).Root), (study.Folded, study.Version, study.Root));
        var dry = await caller.PostAsync<Rewound>("operations/subscription:rewind", new RewindRequest(ledger.Study, 3, DryRun: true));
        Assert.Equal((10L, 3L, true), (dry.From, dry.To, dry.DryRun));
        await caller.PostAsync<Rewound>("operations/subscription:rewind", new RewindRequest(ledger.Study, 3));
        await WaitForSentAsync(scene, 2);
        await WaitForRelayedAsync(caller, 10);
        Assert.Equal(scene.Revisions.All()[0].MessageId, scene.Revisions.All()[1].MessageId);
        Assert.Equal([false, true], (await caller.LogAsync()).Select(record => record.DryRun));
    }

    [Fact]
    public async Task What_no_message_brought_is_pulled_on_request_and_a_dry_run_only_names_it()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(6);
        var host = await scene.StartAsync();
        using var caller = new OperatorClient(host, servers.Keys);
        await caller.PostAsync<StudiesPulled>("operations/studies:pull", new OperationRequest(DryRun: true));
        var pulled = await caller.PostAsync<StudiesPulled>("operations/studies:pull", new OperationRequest());
        Assert.All(pulled.Studies, study => Assert.Equal((10L, 10L), (study.Target, study.After)));
        await host.WaitForAsync(ledger);
        Assert.All(await caller.LogAsync(), record => Assert.Equal("studies pull", record.Action));
    }

    [Fact]
    public async Task Queues_are_seen_with_their_consumer_and_a_missing_one_with_what_to_do()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        using var caller = new OperatorClient(host, servers.Keys);
        var queues = (await caller.GetAsync<QueueList>("operations/queues")).Queues;
        var main = queues.Single(queue => queue.Kind == "consumed");
        Assert.Equal(("ok", true, 1L), (main.State, main.Declared, main.Consumers));
        Assert.Equal("none-yet", queues.Single(queue => queue.Kind == "error").State);
        await scene.OnBrokerAsync(async channel => await channel.QueueDeleteAsync(Wiring.Queue, ifUnused: false, ifEmpty: false));
        var missing = (await caller.GetAsync<QueueList>("operations/queues")).Queues.Single(queue => queue.Kind == "consumed");
        Assert.Equal(("missing", false), (missing.State, missing.Declared));
        Assert.Contains("Restart matrix-aggregation", missing.WhatToDo, StringComparison.Ordinal);
    }

    private static Task WaitForSentAsync(Scene scene, int count) => MatrixHost.WaitUntilAsync(
        () => Task.FromResult(scene.Revisions.All().Count >= count), () => $"{count} revisions");

    private static Task WaitForRelayedAsync(OperatorClient caller, long version) => MatrixHost.WaitUntilAsync(
        async () => (await caller.GetAsync<MatrixProgress>("operations/subscription")).Studies.All(one => one.Relayed == version),
        () => $"version {version} to be relayed");
}
