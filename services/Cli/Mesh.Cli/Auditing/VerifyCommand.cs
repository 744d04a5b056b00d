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
            AuditSheet.Write(shell, report, parsed.GetValue(json));
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
}

/// <summary>What a verifier brings along.</summary>
/// <param name="Policy">Null: signatures are only read.</param>
/// <param name="Against">A checkpoint kept from earlier, or null.</param>
internal sealed record Trusted(Ledger.WitnessPolicy? Policy, byte[]? Against);
