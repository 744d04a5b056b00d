using AlignmentMesh.Deploy.Local.Services;
using Xunit.Abstractions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>The trace backend is away: nobody but it notices. All of <see cref="FaultyMesh"/> runs without one.</summary>
[Collection(OnFaultyMesh.Name)]
public sealed class TelemetryTests(FaultyMesh run, ITestOutputHelper output) : FaultTest(run, output)
{
    [Fact]
    public async Task A_trace_backend_that_refuses_connections_costs_no_request()
    {
        var load = await UnderLoadAsync(load => load.WaitForMoreAsync(200));
        AssertUnnoticed(load);
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_trace_backend_that_never_answers_costs_no_request()
    {
        await using var silent = new FaultProxy(upstream: 9);
        silent.Silence();
        var node = await Run.SecondAsync(MeshService.RatingIntake, new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{silent.Port}",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        });
        var load = await UnderLoadAsync(load => load.WaitForMoreAsync(200), node.Address);
        await node.Process.StopAsync();
        AssertUnnoticed(load);
    }
}
