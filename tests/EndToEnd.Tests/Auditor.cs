using System.Diagnostics;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Deploy.Local.Services;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>Somebody with a folder of their own and nothing but <c>mesh</c> and the services' addresses.</summary>
internal sealed class Auditor(MeshRun run) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string Written(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>What the command prints; fails when it does not end with 0.</summary>
    public Task<string> MeshAsync(params string[] args) => EndsWithAsync(0, holder: null, args);

    /// <inheritdoc cref="MeshAsync(string[])"/>
    public Task<string> MeshAsync(TokenHolder holder, string[] args) => EndsWithAsync(0, holder, args);

    /// <summary>What the command prints and complains of; fails when it ends with 0: nothing was found.</summary>
    public Task<string> FindsAsync(params string[] args) => EndsWithAsync(1, holder: null, args);

    /// <param name="holder">Who runs it; nobody in particular without.</param>
    private async Task<string> EndsWithAsync(int code, TokenHolder? holder, string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["MESH_INTAKE_URL"] = $"{run.Mesh.Address(MeshService.RatingIntake)}",
                ["MESH_MATRIX_URL"] = $"{run.Mesh.Address(MeshService.MatrixAggregation)}",
                ["MESH_RISK_URL"] = $"{run.Mesh.Address(MeshService.RiskScoring)}",
                ["MESH_TOKEN"] = holder is null
                    ? null : LocalTokens.Mint(run.Mesh.Keys, holder, TimeSpan.FromMinutes(5), TimeProvider.System),
            },
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AlignmentMesh.Mesh.Cli.dll"));
        foreach (var arg in args) start.ArgumentList.Add(arg);
        using var mesh = Process.Start(start)!;
        var (read, complained) = (mesh.StandardOutput.ReadToEndAsync(), mesh.StandardError.ReadToEndAsync());
        await mesh.WaitForExitAsync();
        Assert.True(mesh.ExitCode == code, $"mesh {string.Join(' ', args)}: {mesh.ExitCode}\n{await read}\n{await complained}");
        return code == 0 ? await read : await read + await complained;
    }

    /// <summary>A policy that knows the log, its newest checkpoint of that size, and the log's key.</summary>
    public async Task<(string Policy, string Checkpoint, string Key)> WaitForCheckpointAsync(string study, long size)
    {
        var keys = await run.Intake().GetAsync<LedgerKeys>($"ledger/{study}/keys");
        using var given = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await run.Intake().RawAsync($"ledger/{study}/checkpoint?size={size}");
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
                return (Written("policy", $"log {keys.Checkpoint}\nquorum none\n"), Written("checkpoint", text), keys.Checkpoint);
            Assert.False(given.IsCancellationRequested, $"no checkpoint of size {size}: {text}");
            await Task.Delay(50);
        }
    }
}
