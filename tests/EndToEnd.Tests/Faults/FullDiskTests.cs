using AlignmentMesh.Deploy.Local.Services;
using Xunit.Abstractions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>The database's disk fills up under load, and is made larger later.</summary>
public sealed class FullDiskTests(FullDiskTests.MeshOnSmallDisk run, ITestOutputHelper output)
    : FaultTest(run, output), IClassFixture<FullDiskTests.MeshOnSmallDisk>
{
    [SkippableFact]
    [Trait("Length", "Long")]
    public async Task While_the_disk_is_full_nothing_is_acknowledged_and_afterwards_nothing_is_missing()
    {
        Skip.If(run.Disk is null, $"no tmpfs can be mounted: {run.Reason}");
        await UnderLoadAsync(async load =>
        {
            run.Disk!.Fill();
            var busy = load.Busy + load.Broken;
            await WaitUntilAsync(() => load.Busy + load.Broken > busy + 10, "clients are told to wait");
            Assert.Equal(200, await StatusAsync(Run.Mesh.Address(MeshService.RatingIntake), "health/live"));
            run.Disk.Resize(1200);
            // A server that went down for want of space is started again by its supervisor.
            await Run.Mesh.Servers.Postgres.StartAsync();
        });
    }

    /// <summary>A mesh whose PostgreSQL keeps its data on a tmpfs of 400 MB.</summary>
    public sealed class MeshOnSmallDisk : FaultyMesh, IAsyncLifetime
    {
        internal SmallDisk? Disk { get; private set; }

        internal string Reason { get; private set; } = "";

        async Task IAsyncLifetime.InitializeAsync()
        {
            (Disk, Reason) = SmallDisk.TryMount(400);
            if (Disk is null) return;
            File.CreateSymbolicLink(Path.Combine(Directory.Root, "postgresql"), Disk.Folder);
            await InitializeAsync();
        }

        public override async Task DisposeAsync()
        {
            if (Disk is not null) await base.DisposeAsync();
            Disk?.Dispose();
        }
    }
}
