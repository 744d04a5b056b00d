using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Operating;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary><c>mesh audit access STUDY</c>: who was let read what is not released, and who read what.</summary>
internal static class AccessCommand
{
    private const int Most = 256;

    public static Command Create(Shell shell)
    {
        var (study, limit, json) = (ReadingOptions.Study(), OpsOptions.Limit(20, Most), ReadingOptions.Json());
        var before = new Option<long?>("--before") { Description = "Only records before this number", HelpName = "N" };
        var command = new Command("access", "Who was let read what is not released and who read what, newest first")
        {
            study, before, limit, json,
        };
        var service = new ServiceOptions(command, shell, Peer.Intake, "round-manager");
        command.SetAction(async (parsed, ct) =>
        {
            var log = await service.Connect(parsed).GetAsync<AuditAccessLog>(
                ReadingOptions.Query(
                    $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/audit-access",
                    ("before", parsed.GetValue(before) is { } number ? Show.Count(number) : null),
                    ("limit", Show.Count(parsed.GetValue(limit)))),
                ct);
            if (parsed.GetValue(json))
                shell.WriteJson(log);
            else
                Write(shell, log);
        });
        return command;
    }

    private static void Write(Shell shell, AuditAccessLog log)
    {
        Sheet.Build($"{log.Study}: access to what is not released", log.Records,
        [
            new("number", (record, _) => Show.Count(record.Number)),
            new("at", (record, _) => Show.Second(record.At)),
            new("who", (record, _) => record.Subject),
            new("issuer", (record, _) => record.Issuer),
            new("action", (record, _) => record.Action),
            new("grant", (record, _) => Show.Count(record.Grant)),
            new("what", (record, _) => What(record)),
        ]).Write(shell);
        if (log.Next is { } next) shell.Say($"There are earlier ones: --before {next}");
    }

    private static string What(AuditAccessRecord record) => record switch
    {
        { Proposed: { } grant } =>
            $"{grant.Subject} of {grant.Issuer} until {Show.Second(Timestamps.Format(grant.Until))}: {grant.Reason}",
        { Read: { } read } => $"round {read.Round}, {read.Entries} entries from {read.From}{(read.Last is { } last ? $" to {last}" : "")}",
        _ => Show.Nothing,
    };
}
