using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Ledger;
using Xunit.Abstractions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>The clock of the machine that runs the sequencer steps to and fro.</summary>
[Collection(OnFaultyMesh.Name)]
public sealed class ClockTests(FaultyMesh run, ITestOutputHelper output) : FaultTest(run, output)
{
    [SkippableFact]
    [Trait("Length", "Long")]
    public async Task When_the_clock_steps_the_ledgers_order_and_its_times_never_go_back()
    {
        var clock = await FakeClock.InAsync(Path.Combine(Run.Directory.Root, "clock"));
        Skip.If(clock is null, "libfaketime is not here and apt does not give it");
        var node = await Run.SecondAsync(MeshService.RatingIntake, clock.Environment);
        var first = Run.Mesh.Service(MeshService.RatingIntake).Process;
        var furthest = "";
        await UnderLoadAsync(async load =>
        {
            // Alone, it is the one that sequences.
            await first.StopAsync();
            foreach (var offset in new[] { "-45", "+15m", "-30", "+1m", "+0" })
            {
                clock.StepTo(offset);
                await load.WaitForMoreAsync(60);
            }

            furthest = await LastTimeAsync(node.Address, load);
            await first.StartAsync();
            await node.Process.StopAsync();
        }, node.Address, Run.Mesh.Address(MeshService.RatingIntake));
        var ahead = TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(5);
        Assert.True(
            string.CompareOrdinal(furthest, Timestamps.Format(ahead)) > 0, $"{furthest}: the clock that stepped was not the sequencer's");
    }

    private async Task<string> LastTimeAsync(Uri node, Workload load)
    {
        var client = Run.At(node, TimeSpan.FromSeconds(20));
        var head = await client.GetAsync<TreeHead>($"ledger/{load.Study}");
        var page = await client.GetAsync<LedgerPage>($"ledger/{load.Study}/entries?from={head.Size - 1}");
        return Leaf.Parse(Encoding.UTF8.GetBytes(page.Entries[^1].Leaf)).SequencedAt;
    }
}
