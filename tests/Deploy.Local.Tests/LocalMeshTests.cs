using System.Diagnostics;
using AlignmentMesh.Deploy.Local.Processes;
using AlignmentMesh.Deploy.Local.Services;

namespace AlignmentMesh.Deploy.Local.Tests;

/// <summary>A whole mesh of stand-ins: what the real services do is their own tests' affair.</summary>
[Collection(PrivateServersTestGroup.Name)]
public sealed class LocalMeshTests
{
    [Fact]
    public async Task A_mesh_tells_its_services_what_they_need_restarts_them_and_leaves_nothing_behind()
    {
        var directory = DataDirectory.CreateTemporary();
        IReadOnlyList<int> tree;
        await using (var mesh = await LocalMesh.StartAsync(directory, StandIns()))
        {
            tree = ProcessTable.Tree(PrivateServers.Recorded(directory));
            Assert.True(tree.Count > 8, $"{tree.Count} processes");
            await EachServiceKnowsItsSurroundingsAsync(mesh);
            await ASecondInstanceSharesTheDatabaseAsync(mesh);
            await ACrashedServiceComesBackAsync(mesh.Service(MeshService.MatrixAggregation));
            Assert.Equal(PartState.Ready, MeshStatus.Read(directory)!.Parts.Single(part => part.Name == "risk-scoring").State);
        }

        Assert.All(tree, id => Assert.False(ProcessTable.IsRunning(id), $"process {id} still runs"));
        Assert.False(Directory.Exists(directory.Root));
    }

    [Fact]
    public async Task When_the_program_that_runs_a_mesh_is_killed_its_processes_end_too_and_the_next_one_finds_the_data()
    {
        var directory = DataDirectory.At(Path.Combine(Path.GetTempPath(), "alignmentmesh-killed-" + Path.GetRandomFileName()));
        using var supervisor = Process.Start("dotnet", [StandInDll, directory.Root]);
        await Wait.Until(() => File.Exists(Path.Combine(directory.Root, "up")) || supervisor.HasExited, "mesh up", seconds: 90);
        var tree = ProcessTable.Tree(PrivateServers.Recorded(directory));
        Assert.True(tree.Count > 8, $"{tree.Count} processes");

        supervisor.Kill();

        await Wait.Until(() => !tree.Any(ProcessTable.IsRunning), "all processes gone", seconds: 60);
        Assert.Null(MeshStatus.Read(directory));
        await using (var again = await LocalServers.StartAsync(directory, onlyPrivate: true))
            Assert.Contains("rating_intake", await again.CreateDatabaseAsync("rating_intake"), StringComparison.Ordinal);
        directory.Delete();
    }

    private static async Task EachServiceKnowsItsSurroundingsAsync(LocalMesh mesh)
    {
        var intake = mesh.Address(MeshService.RatingIntake);
        var risk = mesh.Address(MeshService.RiskScoring);
        Assert.Equal("Local", await AskAsync(intake, "ASPNETCORE_ENVIRONMENT"));
        Assert.Contains("rating_intake", await AskAsync(intake, "ConnectionStrings__Postgres"), StringComparison.Ordinal);
        Assert.Contains("risk_scoring", await AskAsync(risk, "ConnectionStrings__Postgres"), StringComparison.Ordinal);
        Assert.Equal(mesh.Servers.RabbitMqUri.AbsoluteUri, await AskAsync(risk, "ConnectionStrings__RabbitMq"));
        Assert.Equal(mesh.Address(MeshService.MatrixAggregation), new Uri(await AskAsync(risk, "Services__MatrixAggregation")));
        Assert.Equal(mesh.Keys.PagePrivateFile, await AskAsync(intake, "Ledger__PageKeyFile"));
        Assert.Equal("", await AskAsync(risk, "Ledger__PageKeyFile"));
        Assert.Equal("yes", await AskAsync(risk, "EXTRA"));
    }

    private static async Task ASecondInstanceSharesTheDatabaseAsync(LocalMesh mesh)
    {
        var second = await mesh.StartInstanceAsync(MeshService.RatingIntake, new Dictionary<string, string> { ["WHO"] = "second" });
        Assert.Equal("rating-intake-2", second.Name);
        Assert.NotEqual(mesh.Address(MeshService.RatingIntake), second.Address);
        Assert.Equal("second", await AskAsync(second.Address, "WHO"));
        Assert.Equal(
            await AskAsync(mesh.Address(MeshService.RatingIntake), "ConnectionStrings__Postgres"),
            await AskAsync(second.Address, "ConnectionStrings__Postgres"));
    }

    private static async Task ACrashedServiceComesBackAsync(ServiceProcess service)
    {
        await service.Process.CrashAsync();
        await Wait.Until(() => service.Process is { State: PartState.Ready, Restarts: 1 }, "ready again");
        Assert.Equal("Local", await AskAsync(service.Address, "ASPNETCORE_ENVIRONMENT"));
    }

    private static LocalMeshOptions StandIns() => new()
    {
        Dll = _ => StandInDll,
        OnlyPrivateServers = true,
        Environment = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["risk-scoring"] = new Dictionary<string, string> { ["EXTRA"] = "yes" },
        },
    };

    private static string StandInDll
    {
        get
        {
            var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
            return Path.Combine(
                BuildOutput.Repository, "tests/StandIn.Service/bin", configuration, "net10.0/AlignmentMesh.StandIn.Service.dll");
        }
    }

    private static async Task<string> AskAsync(Uri service, string variable)
    {
        using var http = new HttpClient { BaseAddress = service };
        return await http.GetStringAsync(new Uri($"/environment/{variable}", UriKind.Relative));
    }
}
