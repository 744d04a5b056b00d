using System.CommandLine;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary><c>mesh audit export STUDY -o FILE.zip</c>.</summary>
internal static class ExportCommand
{
    public static Command Create(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var size = new Option<long?>("--size")
        {
            Description = "Entries of the ledger to export (default: up to the newest checkpoint, or all)",
            HelpName = "N",
        };
        var output = new Option<string>("--output", "-o") { Description = "File to write", HelpName = "FILE", Required = true };
        var force = new Option<bool>("--force") { Description = "Replace the file where it exists" };
        var full = new Option<bool>("--full")
        {
            Description = $"All numbers of every published version (default: of at most about {BundleExport.VersionsInFull}; of the others "
                + "digests)",
        };
        var earlier = AuditOptions.Earlier("to prove that the ledger only grew since");
        var policy = AuditOptions.Policy("to put into the bundle");
        var command = new Command("export", "Write everything that proves a study's published numbers into one file")
        {
            study, size, output, force, full, earlier, policy, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(output);
            if (File.Exists(path) && !parsed.GetValue(force))
                throw CommandException.BadUsage($"'{path}' exists.", "Choose another name, or replace it with --force.");
            if (parsed.GetValue(size) is < 1)
                throw CommandException.BadUsage($"--size is {parsed.GetValue(size)}; allowed: 1 or more.");
            var published = new ReaderClients(shell).Study(parsed.GetRequiredValue(study));
            var manifest = await new BundleExport(shell, published, parsed.GetValue(full)).WriteAsync(
                path, parsed.GetValue(size), AuditOptions.ReadBytes(parsed.GetValue(earlier)),
                await AuditOptions.ReadTextAsync(shell, parsed.GetValue(policy), ct), ct);
            if (parsed.GetValue(json))
                shell.WriteJson(manifest);
            else
                Write(shell, path, manifest);
        });
        return command;
    }

    private static void Write(Shell shell, string path, BundleManifest manifest)
    {
        var isSigned = manifest.Files.Any(file => file.Path == BundleFormat.Checkpoint);
        shell.Out.WriteLine($"{path}: {manifest.Study}, {manifest.Size} entries, {new FileInfo(path).Length} bytes");
        shell.Out.WriteLine($"root {manifest.Root}{(isSigned ? "" : " (unsigned: no checkpoint of this size)")}");
        shell.Say($"Check it anywhere, without this mesh: mesh audit verify {path}");
    }
}
