using System.CommandLine;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Operating;

/// <summary><c>mesh ops</c>: what operators see of a mesh and repair in it. docs/operations/repairing.md says when to use which.</summary>
internal static class OpsCommands
{
    public static Command Create(Shell shell) => new("ops", "Operate a mesh: queues, failed messages, positions, rebuilds, repairs")
    {
        QueuesCommand.Create(shell),
        new Command("errors", "Messages that a consumer failed on or did not know")
        {
            ErrorsReading.List(shell), ErrorsReading.Show(shell), ErrorsChanging.Replay(shell), ErrorsChanging.Discard(shell),
        },
        new Command("subscription", "Positions of sequencer, publisher, fold, relay and scorer")
        {
            SubscriptionStatus.Create(shell), SubscriptionRewind.Create(shell),
        },
        RebuildCommand.Create(shell),
        ReconcileCommand.Create(shell),
        CompletenessCommand.Create(shell),
        LogCommand.Create(shell),
    };
}
