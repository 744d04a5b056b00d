using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;
using RabbitMQ.Client;
using Xunit.Abstractions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>Messages come again, out of order, or are no messages at all.</summary>
[Collection(OnFaultyMesh.Name)]
public sealed class MessageTests(FaultyMesh run, ITestOutputHelper output) : FaultTest(run, output)
{
    private const string Envelope = "application/vnd.masstransit+json";

    private Broker Broker => new(Run.Mesh.Servers);

    [Fact]
    public async Task Messages_that_come_three_times_and_shuffled_change_nothing()
    {
        await using var connection = await Broker.ConnectAsync();
        await using var pages = await Repeater.StartAsync(connection, nameof(LedgerExtended), Broker.MatrixQueue);
        await using var revisions = await Repeater.StartAsync(connection, nameof(MatrixRevised), Broker.RiskQueue);
        await UnderLoadAsync(async load =>
        {
            await load.WaitForMoreAsync(300);
            await WaitUntilAsync(() => pages.Sent > 50 && revisions.Sent > 50, "many messages were repeated");
        });
    }

    [Theory]
    [InlineData(Broker.MatrixQueue, nameof(LedgerExtended))]
    [InlineData(Broker.RiskQueue, nameof(MatrixRevised))]
    public async Task Poison_is_put_aside_and_the_queue_keeps_flowing(string queue, string contract)
    {
        await using var connection = await Broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await UnderLoadAsync(async load =>
        {
            var aside = await AsideAsync(queue);
            foreach (var body in Poison(contract)) await SendAsync(channel, queue, body);
            await load.WaitForMoreAsync(20);
            await WaitUntilAsync(async () => await AsideAsync(queue) >= aside + 4, "unreadable messages are in _error and _skipped");
            await WaitUntilAsync(
                async () => await Broker.QueueAsync(queue) is { ConsumerCount: > 0, MessageCount: 0 }, "the queue is empty");
        });
    }

    [Fact]
    public async Task A_forged_page_is_reported_and_not_folded()
    {
        await using var connection = await Broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await UnderLoadAsync(async load =>
        {
            var refused = await RefusedAsync();
            var page = await Run.Intake().GetAsync<LedgerPage>($"ledger/{load.Study}/entries?from=0");
            var forged = page with { Head = page.Head with { Root = new string('0', 64) } };
            var content = JsonSerializer.Serialize(new LedgerExtended(forged), ContractJson.Options);
            await SendAsync(channel, Broker.MatrixQueue, Message(nameof(LedgerExtended), content));
            await WaitUntilAsync(async () => await RefusedAsync() > refused, "the refusal is reported");
        });
    }

    /// <summary>No JSON, JSON that is no envelope, an unknown type, another schema, and 1 MB of each.</summary>
    private static IEnumerable<string> Poison(string contract)
    {
        yield return "{ this is no JSON";
        yield return new string('x', 1024 * 1024);
        yield return Message("NobodyKnowsThis", "{}");
        yield return Message(contract, "42");
        yield return Message(contract, """{ "page": [1, 2], "study": { }, "version": "many", "matrix": 7 }""");
        yield return Message("NobodyKnowsThis", $"\"{new string('y', 1024 * 1024)}\"");
    }

    private static string Message(string contract, string content) =>
        $$"""
        {
            "messageId": "{{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}}",
            "messageType": ["urn:message:AlignmentMesh.Contracts:{{contract}}"],
            "message": {{content}}
        }
        """;

    private static ValueTask SendAsync(IChannel channel, string queue, string body) => channel.BasicPublishAsync(
        "", queue, mandatory: true, new BasicProperties { ContentType = Envelope, Persistent = true }, Encoding.UTF8.GetBytes(body));

    private async Task<long> AsideAsync(string queue)
    {
        var errors = await Broker.QueueAsync(queue + "_error");
        var skipped = await Broker.QueueAsync(queue + "_skipped");
        return (errors?.MessageCount ?? 0) + (skipped?.MessageCount ?? 0);
    }

    private async Task<long> RefusedAsync()
    {
        using var http = new HttpClient { BaseAddress = Run.Mesh.Address(MeshService.MatrixAggregation) };
        // A bus that connects again makes it 503; the number is there all the same.
        using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative));
        var health = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return health.GetProperty("checks").GetProperty("fold").GetProperty("data").GetProperty("refusedMessages").GetInt64();
    }
}
