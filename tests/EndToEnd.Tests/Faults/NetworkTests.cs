using AlignmentMesh.Deploy.Local.Services;
using Xunit.Abstractions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>Lines that break, go silent, or crawl.</summary>
[Collection(OnFaultyMesh.Name)]
public sealed class NetworkTests(FaultyMesh run, ITestOutputHelper output) : FaultTest(run, output)
{
    private static readonly string[] Upstreams = ["Postgres", "RabbitMq", "RatingIntake", "MatrixAggregation"];

    [Fact]
    public Task Every_connection_of_every_service_cut_at_once_is_made_again() => UnderLoadAsync(async load =>
    {
        for (var i = 0; i < 3; i++)
        {
            foreach (var service in MeshService.Pipeline)
                foreach (var upstream in Upstreams) Run.Line(service, upstream).Cut();
            await load.WaitForMoreAsync(20);
        }
    });

    [Fact]
    [Trait("Length", "Long")]
    public Task While_intakes_line_to_the_database_is_silent_clients_are_told_to_wait() => UnderLoadAsync(async load =>
    {
        var line = Run.Line(MeshService.RatingIntake, "Postgres");
        var busy = load.Busy;
        line.Silence();
        await WaitUntilAsync(() => load.Busy > busy + 6, "clients are told to wait");
        line.Heal();
    });

    [Theory]
    [InlineData("matrix-aggregation", "Postgres")]
    [InlineData("matrix-aggregation", "RabbitMq")]
    [InlineData("matrix-aggregation", "RatingIntake")]
    [InlineData("rating-intake", "RabbitMq")]
    [InlineData("risk-scoring", "Postgres")]
    [InlineData("risk-scoring", "RabbitMq")]
    [InlineData("risk-scoring", "MatrixAggregation")]
    [Trait("Length", "Long")]
    public async Task A_silent_line_behind_intake_delays_numbers_and_nothing_else(string service, string upstream)
    {
        var load = await UnderLoadAsync(async load =>
        {
            var line = Run.Line(service, upstream);
            line.Silence();
            // Over twice the limit of any single wait.
            await WaitForAsync(TimeSpan.FromSeconds(25));
            line.Heal();
        });
        AssertUnnoticed(load);
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(0, 20_000)]
    [Trait("Length", "Long")]
    public Task Slow_lines_to_the_broker_and_between_services_are_caught_up_with(int milliseconds, int bytesPerSecond) =>
        UnderLoadAsync(async load =>
        {
            var lines = MeshService.Pipeline
                .SelectMany(service => Upstreams[1..].Select(upstream => Run.Line(service, upstream))).ToArray();
            foreach (var line in lines)
                (line.Delay, line.BytesPerSecond) = (TimeSpan.FromMilliseconds(milliseconds), bytesPerSecond);
            await load.WaitForMoreAsync(300);
            foreach (var line in lines) line.Heal();
        });

    [Fact]
    [Trait("Length", "Long")]
    public Task A_slow_line_to_the_database_slows_clients_down_and_fails_none() => UnderLoadAsync(async load =>
    {
        var line = Run.Line(MeshService.RatingIntake, "Postgres");
        line.Delay = TimeSpan.FromMilliseconds(100);
        await load.WaitForMoreAsync(30);
        line.Heal();
    });

    private static Task WaitForAsync(TimeSpan time) => Task.Delay(time);
}
