using System.CommandLine;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Running;

internal static class DownCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        var command = new Command("down", "Stop the mesh that runs on this machine.");
        command.SetAction((_, ct) => RunAsync(ct));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken ct)
    {
        var directory = DataDirectory.Default();
        if (MeshStatus.Read(directory) is not { } status)
        {
            Streams.Say($"No mesh is running in {directory.Root}.");
            return ExitCode.Ok;
        }
        Streams.Say("Stopping the mesh.");
        if (await status.StopAsync(directory, Limit, TimeProvider.System, ct))
            return ExitCode.Ok;
        throw new LocalMeshException(
            $"The mesh (process {status.Supervisor?.ProcessId}) has not stopped within {Limit.TotalSeconds:0} s; see the logs in "
                + $"{directory.Logs}.");
    }
}
