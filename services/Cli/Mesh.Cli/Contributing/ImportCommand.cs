using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Offline;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Contributing;

/// <summary><c>mesh import FILE --study STUDY</c>.</summary>
internal static class ImportCommand
{
    public static Command Create(Shell shell)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "CSV, - for standard input. Columns: " + string.Join(" ", RatingColumns.All),
        };
        var study = new Option<string>("--study") { Description = "Id of the study", HelpName = "STUDY", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be taken, and store nothing" };
        var atomic = new Option<bool>("--atomic")
        {
            Description = $"Store nothing if one row is refused; the file goes in one request of at most {ImportChunks.MostRows} rows",
        };
        var json = ReadingOptions.Json();
        var command = new Command(
            "import",
            "Import ratings of your organisation from a file. Run it again after an interruption: rows that arrived are not counted twice")
        {
            file, study, dryRun, atomic, json,
        };
        var service = new ServiceOptions(command, shell, Peer.Intake, role: "org-admin");
        command.SetAction(async (parsed, ct) =>
        {
            var text = await InputFile.ReadAsync(shell, parsed.GetRequiredValue(file), ct);
            var target = new ImportTarget(parsed.GetRequiredValue(study), parsed.GetValue(dryRun), parsed.GetValue(atomic));
            var chunks = ImportChunks.Of(text, target);
            var result = await new RatingsImport(service.Connect(parsed), target).SendAsync(
                chunks, new WorkProgress(shell, "Importing", "rows sent"), ct);
            if (parsed.GetValue(json))
                shell.WriteJson(result);
            else
                Write(shell, target, result);
            return AggregateCommand.Report(shell, result.Errors);
        });
        return command;
    }

    private static void Write(Shell shell, ImportTarget target, ImportResult result)
    {
        var would = target.DryRun ? "would be " : "";
        var changed = result.Receipts.Sum(receipt => receipt.Changed);
        var news = target.DryRun ? "" : $", of which {changed} change something, in {result.Receipts.Count} entries";
        shell.Out.WriteLine($"{target.Study}: {result.Accepted} rows {would}accepted{news}; {result.Rejected} rejected.");
    }
}
