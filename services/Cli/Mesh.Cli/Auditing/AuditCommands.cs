using System.CommandLine;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary><c>mesh audit ...</c>: everything that is published, checked by whoever wants to.</summary>
internal static class AuditCommands
{
    public static Command Create(Shell shell) => new(
        "audit", "Check that what is published follows from the ledger, offline or against a mesh")
    {
        ExportCommand.Create(shell), VerifyCommand.Create(shell), ReplayCommand.Create(shell), ExplainCommand.Create(shell),
        ReceiptCommand.Create(shell), SampleCommand.Create(shell), GrantCommands.Propose(shell), GrantCommands.Confirm(shell),
        GrantCommands.Revoke(shell), AccessCommand.Create(shell), UnreleasedCommand.Create(shell),
    };
}
