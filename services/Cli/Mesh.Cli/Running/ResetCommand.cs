using System.CommandLine;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Running;

internal static class ResetCommand
{
    public static Command Create()
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var command = new Command("reset", "Delete all data, keys and logs of this machine's mesh.") { yes };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(yes), ct));
        return command;
    }

    private static async Task<int> RunAsync(bool yes, CancellationToken ct)
    {
        var directory = DataDirectory.Default();
        if (!yes && !Streams.IsInteractive)
        {
            Streams.Say("mesh: nobody can be asked here; say --yes to delete everything.", "red");
            return ExitCode.Usage;
        }
        if (!yes && !IsSure(directory))
        {
            Streams.Say("Nothing was deleted.");
            return ExitCode.Failed;
        }
        await directory.ClearAsync(ct);
        Streams.Say($"Deleted all data in {directory.Root}.");
        return ExitCode.Ok;
    }

    private static bool IsSure(DataDirectory directory)
    {
        Streams.Error.Write($"Delete all ratings, keys and logs in {directory.Root}? This cannot be undone. Type yes: ");
        return Streams.In.ReadLine()?.Trim() == "yes";
    }
}
