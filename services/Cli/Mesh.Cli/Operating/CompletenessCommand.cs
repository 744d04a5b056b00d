using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Operating;

/// <summary><c>mesh ops completeness</c>: whether every event has its entry and is still what was committed to.</summary>
internal static class CompletenessCommand
{
    public static Command Create(Shell shell)
    {
        var json = ReadingOptions.Json();
        var command = new Command("completeness", "What the last check of all events and ledger entries found; 1 when it found anything")
        { json };
        command.SetAction(async (parsed, ct) =>
        {
            var report = await new OperatorClients(shell).Intake.GetAsync<LedgerCompleteness>("operations/ledger/completeness", ct);
            if (parsed.GetValue(json))
                shell.WriteJson(report);
            else
                Write(shell, report);
            return report.Findings == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static void Write(Shell shell, LedgerCompleteness report)
    {
        shell.Out.WriteLine(
            $"{Show.Count(report.Entries)} entries checked until {report.FinishedAt}, {Show.Count(report.Findings)} findings");
        if (report.First.Count == 0)
            return;
        var sheet = new Sheet("study", "entry", "event", "kind", "what");
        foreach (var finding in report.First)
            sheet.Add(
                finding.Study ?? Show.Nothing, finding.Index is { } index ? $"{index}" : Show.Nothing,
                finding.EventId is { } id ? $"{id}" : Show.Nothing, finding.Kind, finding.What);
        sheet.Write(shell);
    }
}
