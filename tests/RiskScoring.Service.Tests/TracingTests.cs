using System.Collections.Concurrent;
using System.Diagnostics;
using AlignmentMesh.EventStore;
using AlignmentMesh.RiskScoring.Service.ScoringRisk;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlignmentMesh.RiskScoring.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class TracingTests(RiskServers servers) : IAsyncLifetime, IDisposable
{
    private static readonly ActivitySource Publisher = new("test-publisher");

    private readonly ConcurrentQueue<Activity> _spans = new();
    private ActivityListener _listener = null!;
    private MatrixStub _matrix = null!;
    private RiskHost _host = null!;

    public async Task InitializeAsync()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "test-publisher" or "AlignmentMesh.risk-scoring",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        _matrix = await MatrixStub.StartAsync();
        _host = await RiskHost.StartAsync(servers, await servers.DatabaseAsync(), _matrix.Address);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _matrix.DisposeAsync();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Scoring_continues_the_publishers_trace_into_the_stored_event_and_tells_ids_only()
    {
        var study = servers.Study();
        ActivityTraceId trace;
        using (var publishing = Publisher.StartActivity("publish", ActivityKind.Producer))
        {
            trace = publishing!.TraceId;
            await servers.PublishAsync(PaperMatrix.Of(study, 3));
        }

        await _host.WaitForVersionAsync(study, 3);
        await Eventually.IsTrueAsync("the span ended", () => Scoring(study).Any());
        var scoring = Scoring(study).Single();
        Assert.Equal(trace, scoring.TraceId);
        Assert.Equal(["alignmentmesh.matrix.version", "alignmentmesh.study"], scoring.TagObjects.Select(tag => tag.Key).Order());

        await using var session = _host.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var stored = (await session.Events.FetchStreamAsync("risk/" + study)).Single();
        Assert.Equal(scoring.Id, StoredTrace.Of(stored));
    }

    [Fact]
    public async Task Joined_messages_are_linked()
    {
        var study = servers.Study();
        var services = _host.Services;
        using var scorer = new RiskScorer(
            services.GetRequiredService<ScoredVersions>(), services.GetRequiredService<MatrixCheck>(),
            services.GetRequiredService<RiskMetrics>(), TimeProvider.System, NullLogger<RiskScorer>.Instance);
        using var older = Publisher.StartActivity("publish older");
        using var newer = Publisher.StartActivity("publish newer");
        Task[] offers = [
            scorer.OfferAsync(PaperMatrix.Of(study, 1), older!.Id, default),
            scorer.OfferAsync(PaperMatrix.Of(study, 2), newer!.Id, default)];
        await scorer.StartAsync(default);
        await Task.WhenAll(offers);
        await scorer.StopAsync(default);

        var scoring = Scoring(study).Single();
        Assert.Equal(newer.SpanId, scoring.ParentSpanId);
        Assert.Equal([older.SpanId], scoring.Links.Select(link => link.Context.SpanId));
    }

    private IEnumerable<Activity> Scoring(string study) => _spans.Where(span =>
        span.OperationName == "score risk" && study.Equals(span.GetTagItem("alignmentmesh.study")));
}
