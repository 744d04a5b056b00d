namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>A database and a running host for the tests of one class; each test has a study of its own.</summary>
public sealed class OneHost(RiskServers servers) : IAsyncLifetime
{
    internal RiskServers Servers => servers;

    internal MatrixStub Matrix { get; private set; } = null!;

    internal RiskHost Host { get; private set; } = null!;

    internal string Database { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await servers.DatabaseAsync();
        Matrix = await MatrixStub.StartAsync();
        Host = await RiskHost.StartAsync(servers, Database, Matrix.Address);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Matrix.DisposeAsync();
    }

    /// <summary>Stops the host, does <paramref name="meanwhile"/>, and starts another on the same database.</summary>
    internal async Task RestartAsync(Func<Task> meanwhile)
    {
        await Host.DisposeAsync();
        await meanwhile();
        Host = await RiskHost.StartAsync(servers, Database, Matrix.Address);
    }

    /// <summary>Publishes the paper's table as a version of the study and waits for its report.</summary>
    internal async Task ScoreAsync(string study, long version)
    {
        await servers.PublishAsync(PaperMatrix.Of(study, version));
        await Host.WaitForVersionAsync(study, version);
    }
}
