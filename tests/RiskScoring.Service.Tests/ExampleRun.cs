using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.Tests;
using AlignmentMesh.RatingIntake.Service.Tests;
using RabbitMQ.Client;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>A small study and everything that the service answers about it, by type.</summary>
internal sealed class ExampleRun(OneHost one, HttpClient caller)
{
    private const string Risk = $"studies/{RiskExamples.Study}/risk";

    public static async Task<ExampleRun> StartAsync(OneHost one, HttpClient caller)
    {
        one.Matrix.Publish(Matrix());
        await one.Servers.PublishAsync(Matrix());
        await one.Host.WaitForVersionAsync(RiskExamples.Study, 4);
        return new ExampleRun(one, caller);
    }

    public async Task<ApiDocument> DocumentAsync() => new(await one.Host.GetAsync<JsonElement>("/openapi/v1.json"));

    public async IAsyncEnumerable<object> AnswersAsync()
    {
        yield return await one.Host.GetAsync<RiskReport>(Risk);
        yield return await one.Host.GetAsync<RiskVersions>($"{Risk}/versions");
        yield return await one.Host.GetAsync<PortfolioReport>($"{Risk}/portfolios/RLHF,Debate");
        yield return await one.Host.GetAsync<RiskFrontier>($"{Risk}/frontier");
        yield return await one.Host.GetAsync<RiskOverlap>($"{Risk}/overlap");
        yield return await one.Host.GetAsync<RiskImportance>($"{Risk}/importance");
        yield return await one.Host.GetAsync<RiskCells>($"{Risk}/cells");
        yield return await one.Host.GetAsync<RiskUncertainty>($"{Risk}/uncertainty?draws=100");
        yield return await one.Host.GetAsync<RiskPaper>($"{Risk}/paper");
        yield return await OperatingTests.PostAsync<RiskSimulation>(
            one.Host.Http, $"{Risk}:simulate", RiskExamples.Requests.OfType<SimulateRequest>().Single());
        yield return (await ReplayingReportsTests.LinesAsync(one, RiskExamples.Study, ""))[0];
        yield return await OperatingTests.GetAsync<RiskProgress>(caller, "operations/subscription");
        await PoisonAsync();
        DeadLetterList? failed = null;
        await Eventually.IsTrueAsync("the message is among the errors", async () =>
        {
            using var answer = await caller.GetAsync("operations/errors");
            if (!answer.IsSuccessStatusCode) return false;
            failed = await OperatingTests.GetAsync<DeadLetterList>(caller, "operations/errors");
            return failed.Errors.Count == 1;
        });
        yield return failed!;
        yield return ExampleAnswers.WithoutMachine(
            await OperatingTests.GetAsync<DeadLetter>(caller, $"operations/errors/{RiskExamples.Message}"));
        yield return await PostAsync<DeadLettersChanged>("operations/errors:replay", Request<ReplayErrorsRequest>());
        yield return await OperatingTests.GetAsync<QueueList>(caller, "operations/queues");
        await PostAsync<DeadLettersChanged>("operations/errors:discard", Request<DiscardErrorsRequest>() with { DryRun = false });
        yield return await PulledAsync();
    }

    private static T Request<T>() => RiskExamples.Requests.OfType<T>().Single();

    private Task<T> PostAsync<T>(string path, object body) => OperatingTests.PostAsync<T>(caller, path, body);

    /// <summary>A matrix in MassTransit's envelope whose version is no number.</summary>
    private async Task PoisonAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = one.Servers.Servers.RabbitMqUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var body = Encoding.UTF8.GetBytes(
            """
            {"messageType":["urn:message:AlignmentMesh.Contracts:MatrixRevised"],
            "message":{"study":"some-study","version":"four","matrix":null}}
            """);
        var properties = new BasicProperties
        {
            MessageId = RiskExamples.Message,
            ContentType = "application/vnd.masstransit+json",
            Persistent = true,
        };
        await channel.BasicPublishAsync(ScoringRisk.MatrixRevisedConsumer.Queue, "", mandatory: true, properties, body);
    }

    /// <summary>The service pulls by itself too, so the study that is behind is another one until one was.</summary>
    private async Task<StudiesPulled> PulledAsync()
    {
        StudiesPulled? pulled = null;
        for (var tries = 0; pulled is null or { Studies.Count: 0 }; tries++)
        {
            Assert.True(tries < 50, "no study was behind when it was asked for");
            one.Matrix.Publish(PaperMatrix.Signed(Matrix() with { Study = "another-study", Version = 5 + tries }));
            pulled = await PostAsync<StudiesPulled>("operations/studies:pull", Request<OperationRequest>());
        }

        return pulled;
    }

    private static ConsensusMatrix Matrix()
    {
        ConsensusCell[] cells =
        [
            Cell("RLHF", "COLL", 0.325, 0.215, "resistant", "ok"), Cell("RLHF", "DEC-AL", 0.675, 0.215, "vulnerable", "contested"),
            Cell("Debate", "COLL", 0.675, 0.215, "vulnerable", "ok"), Cell("Debate", "DEC-AL", 0.5, 0.25, "uncertain", "single_source"),
            Cell("RE", "COLL", 0.2, 0.1, "resistant", "ok"), Cell("RE", "DEC-AL", 0.6, 0.2, "vulnerable", "ok"),
        ];
        return PaperMatrix.Signed(new ConsensusMatrix(
            RiskExamples.Study, "an example", 4, new string('7', 64), "2026-05-04T09:30:00.000000Z",
            [
                new("RLHF", "RLHF", "Reinforcement learning from human feedback."), new("Debate", "AI debate", "Two systems argue."),
                new("RE", "Representation engineering", "Reading and steering what a network represents."),
            ],
            [new("COLL", "Collusion", "Systems collude."), new("DEC-AL", "Deceptive alignment", "It emerges early.")],
            [new("Two layers", ["RLHF", "Debate"])],
            [new("COLL", 0.15, 0.1, 0.2, 2, 3, false), new("DEC-AL", 0.1, null, null, 0, 0, true)],
            [new("RLHF", 1, 1, 1, 1, 1, false), new("Debate", 2, 1, 3, 2, 2, false), new("RE", null, null, null, 0, 0, true)],
            new Dictionary<string, IReadOnlyList<ConsensusCell>> { ["rohl-1"] = cells, ["crisp"] = cells }, null));
    }

    private static ConsensusCell Cell(string technique, string mode, double mean, double sd, string verdict, string status) => new(
        technique, mode, 3, 2, mean, sd, mean, mean / 4, 1 - (1 - mean) / 4, 0.2, 0.3, 0.5, 0.6, verdict, status);
}
