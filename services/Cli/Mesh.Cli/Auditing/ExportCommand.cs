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
        var (full, unreleased, texts) = ScopeOptions();
        var earlier = AuditOptions.Earlier("to prove that the ledger only grew since");
        var policy = AuditOptions.Policy("to put into the bundle");
        var command = new Command("export", "Write everything that proves a study's published numbers into one file")
        {
            study, size, output, force, full, unreleased, texts, earlier, policy, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(output);
            Require(path, parsed.GetValue(force), parsed.GetValue(size));
            var published = new ReaderClients(shell).Study(parsed.GetRequiredValue(study));
            var scope = new BundleScope(parsed.GetValue(full), parsed.GetValue(unreleased), parsed.GetValue(texts));
            var manifest = await new BundleExport(shell, published, scope).WriteAsync(
                path, parsed.GetValue(size), AuditOptions.ReadBytes(parsed.GetValue(earlier)),
                await AuditOptions.ReadTextAsync(shell, parsed.GetValue(policy), ct), ct);
            if (parsed.GetValue(json))
                shell.WriteJson(manifest);
            else
                Write(shell, path, manifest);
        });
        return command;
    }

    private static (Option<bool> Full, Option<bool> Unreleased, Option<bool> Texts) ScopeOptions() => (
        new("--full")
        {
            Description = $"All numbers of every published version (default: of at most about {BundleExport.VersionsInFull}; of the others "
                + "digests)",
        },
        new("--unreleased")
        {
            Description = "Also the openings of a blind round that is open, seen under a grant; they are in no number",
        },
        new("--texts")
        {
            Description = "Also rationales and evidence titles with their salts; they are personal data that may have to be erased: keep "
                + "such a bundle no longer than you need it",
        });

    private static void Require(string path, bool force, long? size)
    {
        if (File.Exists(path) && !force)
            throw CommandException.BadUsage($"'{path}' exists.", "Choose another name, or replace it with --force.");
        if (size < 1) throw CommandException.BadUsage($"--size is {size}; allowed: 1 or more.");
    }

    private static void Write(Shell shell, string path, BundleManifest manifest)
    {
        var isSigned = manifest.Files.Any(file => file.Path == BundleFormat.Checkpoint);
        shell.Out.WriteLine($"{path}: {manifest.Study}, {manifest.Size} entries, {new FileInfo(path).Length} bytes");
        shell.Out.WriteLine($"root {manifest.Root}{(isSigned ? "" : " (unsigned: no checkpoint of this size)")}");
        if (manifest.Files.Any(file => file is { Path: BundleFormat.Unreleased, Bytes: > 0 }))
            shell.Say("It has openings that are not released: keep it to yourself until their round closes.");
        if (manifest.Files.Any(file => file is { Path: BundleFormat.Texts, Bytes: > 0 }))
            shell.Say("It has texts that may have to be erased: keep it no longer than you need it.");
        shell.Say($"Check it anywhere, without this mesh: mesh audit verify {path}");
    }
}
