using System.CommandLine;
using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary><c>mesh audit grant</c>, <c>confirm</c> and <c>revoke</c>: letting an auditor read a blind round before its release.</summary>
internal static class GrantCommands
{
    private const string Role = "round-manager";

    public static Command Propose(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var issuer = new Option<string>("--issuer")
        {
            Description = "Who signs the auditor's tokens, their claim iss (of a mesh on this machine: alignmentmesh-local)",
            HelpName = "ISS",
            Required = true,
        };
        var subject = new Option<string>("--subject")
        {
            Description = "The auditor, the tokens' claim sub",
            HelpName = "ID",
            Required = true,
        };
        var until = new Option<string>("--until")
        {
            Description = "When it ends, RFC 3339, at most 30 days ahead",
            HelpName = "TIME",
            Required = true,
        };
        var reason = new Option<string>("--reason") { Description = "What for, for the access log", HelpName = "TEXT", Required = true };
        var command = new Command("grant", "Propose that an auditor may read what is not released, for a time")
        {
            study, issuer, subject, until, reason, json,
        };
        var service = new ServiceOptions(command, shell, Peer.Intake, Role);
        command.SetAction((parsed, ct) => ChangeAsync(
            shell, service.Connect(parsed), parsed.GetRequiredValue(study), "",
            new AuditGrant(
                parsed.GetRequiredValue(issuer), parsed.GetRequiredValue(subject), Instant(parsed.GetRequiredValue(until)),
                parsed.GetRequiredValue(reason)),
            parsed.GetValue(json), ct));
        return command;
    }

    public static Command Confirm(Shell shell) => Change(
        shell, "confirm", "Stand by a grant that another round manager proposed: from now on its auditor may read");

    public static Command Revoke(Shell shell) => Change(shell, "revoke", "End a grant at once, confirmed or not");

    private static Command Change(Shell shell, string name, string description)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var grant = new Argument<long>("GRANT") { Description = "Number of the grant, as 'mesh audit access' shows it" };
        var command = new Command(name, description) { study, grant, json };
        var service = new ServiceOptions(command, shell, Peer.Intake, Role);
        command.SetAction((parsed, ct) => ChangeAsync(
            shell, service.Connect(parsed), parsed.GetRequiredValue(study), $"/{Show.Count(parsed.GetValue(grant))}:{name}", null,
            parsed.GetValue(json), ct));
        return command;
    }

    private static async Task ChangeAsync(
        Shell shell, ServiceClient intake, string study, string which, AuditGrant? grant, bool json, CancellationToken ct)
    {
        var record = await intake.PostAsync<AuditAccessRecord>(
            $"studies/{ServiceClient.Segment(study)}/audit-grants{which}", grant, intake.NewKey(), ct);
        if (json)
        {
            shell.WriteJson(record);
            return;
        }

        shell.Out.WriteLine($"{study}: grant {record.Grant} {record.Action} by {record.Subject}, {Show.Second(record.At)}");
        if (record.Proposed is { } proposed)
            shell.Say($"{proposed.Subject} may read until {Timestamps.Format(proposed.Until)} once another round manager says: "
                + $"mesh audit confirm {study} {record.Grant}");
    }

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw CommandException.BadUsage($"--until is '{text}'; allowed: an RFC 3339 time such as 2026-11-30T17:00:00Z.");
}
