using AlignmentMesh.Deploy.Local.Processes;

namespace AlignmentMesh.Deploy.Local.Tests;

/// <summary>One pair of private servers for all tests that need one.</summary>
public sealed class PrivateServers : IAsyncLifetime
{
    public DataDirectory Directory { get; } = DataDirectory.CreateTemporary();
    public LocalServers Servers { get; private set; } = null!;

    /// <summary>The numbers of the processes started, each the root of a tree.</summary>
    public IEnumerable<int> Processes => Recorded(Directory);

    public async Task InitializeAsync() => Servers = await LocalServers.StartAsync(Directory, onlyPrivate: true);

    public async Task DisposeAsync() => await Servers.DisposeAsync();

    /// <summary>The processes that a directory's run record names.</summary>
    public static IReadOnlyList<int> Recorded(DataDirectory directory) =>
        [.. new RunRecord(directory).Read().Select(process => process.ProcessId)];
}

[CollectionDefinition(Name)]
public sealed class PrivateServersTestGroup : ICollectionFixture<PrivateServers>
{
    public const string Name = "private servers";
}
