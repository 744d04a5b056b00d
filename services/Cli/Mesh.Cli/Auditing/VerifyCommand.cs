using System.CommandLine;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary><c>mesh audit verify FILE.zip</c>: no network, no database.</summary>
internal static class VerifyCommand
{
    public static Command Create(Shell shell)
    {
        var file = new Argument<string>("FILE") { Description = "Bundle, as 'mesh audit export' writes it" };
        var (policy, against) = (
            AuditOptions.Policy("or everything stays unwitnessed"), AuditOptions.Earlier("which the bundle's ledger must extend"));
        var json = ReadingOptions.Json();
        var command = new Command("verify", "Check a bundle offline: signatures, entries, and that matrix and risk follow from them")
        {
            file, policy, against, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(file);
            var known = await AuditOptions.ReadPolicyAsync(shell, parsed.GetValue(policy), ct);
            var report = await VerifyAsync(shell, path, new(known, AuditOptions.ReadBytes(parsed.GetValue(against))), ct);
            if (parsed.GetValue(json))
                shell.WriteJson(report);
            else
                Write(shell, report);
            return report.Verified ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<AuditReport> VerifyAsync(Shell shell, string path, Trusted trusted, CancellationToken ct)
    {
        try
        {
            using var bundle = new Bundle(path);
            AuditReport? report = null;
            await new WorkProgress(shell, "Verifying", "entries verified").RunAsync(BundleManifest.Of(bundle).Size, done => Task.Run(
                () => report = new BundleVerification(bundle, trusted, done).Run(ct), ct));
            return report!;
        }
        catch (NotABundleException not)
        {
            throw CommandException.BadData($"'{path}' is no audit bundle: {not.Message}.", "Export it anew, or ask for it again.", not);
        }
    }

    private static void Write(Shell shell, AuditReport report)
    {
        shell.Out.WriteLine($"{report.Study}, {report.Size} entries");
        var sheet = new Sheet("check", "result", "what");
        foreach (var check in report.Checks) sheet.Add(check.Check, check.State, check.Detail);
        sheet.Write(shell);
        foreach (var note in report.Notes) shell.Out.WriteLine($"Note: {note}");
        shell.Out.WriteLine(report.Verified ? Sentence(report) : $"NOT VERIFIED: {report.FirstDifference}");
    }

    private static string Sentence(AuditReport report) => report switch
    {
        { Witnessed: true } => "VERIFIED: signed, witnessed, and every published number follows from the entries.",
        { Signed: true } => "VERIFIED, UNWITNESSED: signed, and every published number follows from the entries.",
        _ => "VERIFIED, UNSIGNED AND UNWITNESSED: every published number follows from the entries; whose entries, nobody you named says.",
    };
}

/// <summary>What a verifier brings along.</summary>
/// <param name="Policy">Null: signatures are only read.</param>
/// <param name="Against">A checkpoint kept from earlier, or null.</param>
internal sealed record Trusted(Ledger.WitnessPolicy? Policy, byte[]? Against);
