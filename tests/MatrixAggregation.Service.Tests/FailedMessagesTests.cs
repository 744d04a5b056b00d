using System.Text;
using AlignmentMesh.Contracts;
using RabbitMQ.Client;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>Poison on a real broker: MassTransit moves it aside, operators see it, send it back or throw it away.</summary>
[Collection(OnRealServers.Name)]
public sealed class FailedMessagesTests(Servers servers)
{
    private const string Rated = "0.4321";

    private static readonly string[] Poisons = ["poison-1", "poison-2", "poison-3"];

    [Fact]
    public async Task A_message_that_cannot_be_read_is_listed_and_shown_without_its_content()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        using var caller = new OperatorClient(host, servers.Keys);
        await PoisonAsync(scene, "poison-1");
        var error = (await WaitForErrorsAsync(caller, 1)).Errors.Single();
        Assert.Equal(("poison-1", "LedgerExtended", "some-study"), (error.Id, error.MessageType, error.Study));
        Assert.NotNull(error.ExceptionType);
        Assert.Null(error.Headers);
        var shown = await caller.GetAsync<DeadLetter>("operations/errors/poison-1");
        Assert.Contains(shown.Headers!.Keys, name => name.StartsWith("MT-Fault-", StringComparison.Ordinal));
        foreach (var path in new[] { "operations/errors", "operations/errors/poison-1" })
            Assert.DoesNotContain(Rated, await caller.TextAsync(path), StringComparison.Ordinal);
        // Looking took nothing away.
        Assert.Equal(1, (await WaitForErrorsAsync(caller, 1)).Waiting);
        var queues = (await caller.GetAsync<QueueList>("operations/queues")).Queues;
        Assert.Equal("messages", queues.Single(queue => queue.Kind == "error").State);
    }

    [Fact]
    public async Task A_replayed_message_is_delivered_again_and_counts_its_replays_and_a_dry_run_moves_nothing()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        using var caller = new OperatorClient(host, servers.Keys);
        await PoisonAsync(scene, "poison-1");
        await PoisonAsync(scene, "poison-2");
        await WaitForErrorsAsync(caller, 2);
        var dry = await caller.PostAsync<DeadLettersChanged>("operations/errors:replay", new ReplayErrorsRequest("poison-2", DryRun: true));
        Assert.Equal((true, 2L), (dry.DryRun, dry.Left));
        Assert.Equal(["poison-2"], dry.Ids);
        var replayed = await caller.PostAsync<DeadLettersChanged>("operations/errors:replay", new ReplayErrorsRequest("poison-2"));
        Assert.Equal(["poison-2"], replayed.Ids);
        // It is as poisonous as before, so it comes back, with its count.
        await MatrixHost.WaitUntilAsync(
            async () => (await caller.GetAsync<DeadLetterList>("operations/errors")).Errors
                .Any(error => error is { Id: "poison-2", Replays: 1 }),
            () => "the replayed message to fail again");
        Assert.Equal(2, (await WaitForErrorsAsync(caller, 2)).Waiting);
        Assert.Equal([false, true], (await caller.LogAsync()).Select(record => record.DryRun));
    }

    [Fact]
    public async Task A_page_that_waits_among_the_errors_is_folded_when_it_is_replayed()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(6);
        scene.Intake.Show(ledger, 0);
        var host = await scene.StartAsync();
        using var caller = new OperatorClient(host, servers.Keys);
        await PoisonAsync(scene, "poison-1");
        await WaitForErrorsAsync(caller, 1);
        // What the consumer would have failed on while its database was away.
        await scene.PublishToErrorQueueAsync(ledger.Page(0, 10));
        var waiting = await WaitForErrorsAsync(caller, 2);
        var page = waiting.Errors.Single(error => error.Study == ledger.Study);
        Assert.Equal((0L, 10L), (page.From!.Value, page.Size!.Value));
        await caller.PostAsync<DeadLettersChanged>("operations/errors:replay", new ReplayErrorsRequest(page.Id));
        await host.WaitForAsync(ledger);
        Assert.Equal(1, (await WaitForErrorsAsync(caller, 1)).Waiting);
    }

    [Fact]
    public async Task Discarding_needs_a_reason_which_the_log_keeps()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        using var caller = new OperatorClient(host, servers.Keys);
        await PoisonAsync(scene, "poison-1");
        await WaitForErrorsAsync(caller, 1);
        Assert.Equal(
            System.Net.HttpStatusCode.BadRequest, await caller.StatusOfAsync("operations/errors:discard", new DiscardErrorsRequest(" ")));
        Assert.Equal(
            System.Net.HttpStatusCode.NotFound,
            await caller.StatusOfAsync("operations/errors:discard", new DiscardErrorsRequest("a test", "no-such-id")));
        Assert.Equal(1, (await caller.GetAsync<DeadLetterList>("operations/errors")).Waiting);
        var gone = await caller.PostAsync<DeadLettersChanged>("operations/errors:discard", new DiscardErrorsRequest("a test"));
        Assert.Equal((1, 0L), (gone.Ids.Count, gone.Left));
        Assert.Equal(0, (await caller.GetAsync<DeadLetterList>("operations/errors")).Waiting);
        Assert.Equal("a test", (await caller.LogAsync())[0].Arguments["reason"]);
    }

    [Fact]
    public async Task What_a_fault_quotes_is_left_out_of_its_words()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        using var caller = new OperatorClient(host, servers.Keys);
        await PoisonAsync(scene, "poison-1");
        await WaitForErrorsAsync(caller, 1);
        await scene.OnBrokerAsync(async channel => await channel.BasicPublishAsync(
            Wiring.Queue + "_error", "", mandatory: true,
            new BasicProperties
            {
                MessageId = "quoting",
                Headers = new Dictionary<string, object?>
                {
                    ["MT-Fault-Message"] = "entries[0] is '0.4321' of \"secret\", 0.4321 at line 3 of 'the",
                },
            },
            "{}"u8.ToArray()));
        await WaitForErrorsAsync(caller, 2);
        var shown = await caller.GetAsync<DeadLetter>("operations/errors/quoting");
        Assert.Equal("entries[0] is … of …, … at line 3 of …", shown.Headers!["MT-Fault-Message"]);
    }

    [Fact]
    public async Task A_look_finds_what_the_look_before_put_back()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        using var caller = new OperatorClient(host, servers.Keys);
        foreach (var id in Poisons) await PoisonAsync(scene, id);
        await WaitForErrorsAsync(caller, Poisons.Length);
        foreach (var id in Enumerable.Repeat(Poisons, 10).SelectMany(ids => ids))
        {
            Assert.Equal(id, (await caller.GetAsync<DeadLetter>($"operations/errors/{id}")).Id);
            var errors = (await caller.GetAsync<DeadLetterList>("operations/errors")).Errors;
            Assert.Equal(Poisons, errors.Select(error => error.Id).Order());
        }
    }

    /// <summary>A page in MassTransit's envelope whose second part is no page.</summary>
    internal static Task PoisonAsync(Scene scene, string id) => scene.OnBrokerAsync(async channel =>
    {
        var body = Encoding.UTF8.GetBytes(
            """
            {"messageType":["urn:message:AlignmentMesh.Contracts:LedgerExtended"],
            "message":{"page":{"study":"some-study","from":"0.4321","entries":[],"head":"0.4321"}}}
            """);
        var properties = new BasicProperties { MessageId = id, ContentType = "application/vnd.masstransit+json", Persistent = true };
        await channel.BasicPublishAsync(Wiring.Queue, "", mandatory: true, properties, body);
    });

    internal static async Task<DeadLetterList> WaitForErrorsAsync(OperatorClient caller, int count)
    {
        DeadLetterList? list = null;
        // A queue that was declared a moment ago may not give its messages yet; the service then says to try again.
        await MatrixHost.WaitUntilAsync(
            async () => (list = await caller.TryGetAsync<DeadLetterList>("operations/errors"))?.Errors.Count == count,
            () => $"{count} errors; there are {list?.Errors.Count}");
        return list!;
    }
}
