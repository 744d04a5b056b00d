using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Running;

internal static class StatusCommand
{
    private static readonly JsonSerializerOptions Json = new(MeshStatus.Json) { WriteIndented = true };

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON (schema mesh-status/1)." };
        var command = new Command("status", $"Show what runs; ends with {ExitCode.Unreachable} when no mesh does.") { json };
        command.SetAction(parsed => Show(parsed.GetValue(json)));
        return command;
    }

    private static int Show(bool asJson)
    {
        var directory = DataDirectory.Default();
        var status = MeshStatus.Read(directory);
        if (asJson)
            Streams.Out.WriteLine(JsonSerializer.Serialize(
                new { schema = "mesh-status/1", running = status is not null, directory = directory.Root, parts = status?.Parts ?? [] },
                    Json));
        else if (status is null)
            Streams.Say($"No mesh is running in {directory.Root}. Start one with `mesh up`.");
        else
            Print(status);
        return status is null ? ExitCode.Unreachable : ExitCode.Ok;
    }

    private static void Print(MeshStatus status)
    {
        foreach (var part in status.Parts)
        {
            var since = part.Since.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            var line = $"{part.Name,-20} {part.State.ToString().ToLowerInvariant(),-11} {since}  "
                + $"{part.Address?.GetLeftPart(UriPartial.Authority)} {part.Detail}";
            Streams.Out.WriteLine(line.TrimEnd());
        }
    }
}
