using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>A report for people, or as JSON.</summary>
internal static class AuditSheet
{
    public static void Write(Shell shell, AuditReport report, bool json)
    {
        if (json)
        {
            shell.WriteJson(report);
            return;
        }

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
