using System.CommandLine;
using AlignmentMesh.Mesh.Cli.Auditing;
using AlignmentMesh.Mesh.Cli.Contributing;
using AlignmentMesh.Mesh.Cli.Offline;
using AlignmentMesh.Mesh.Cli.Operating;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Steering;
using AlignmentMesh.Mesh.Cli.Terminal;
using AlignmentMesh.Mesh.Cli.Witnessing;

namespace AlignmentMesh.Mesh.Cli;

/// <summary>The commands that ask the services, and those that compute from files.</summary>
internal static class ClientCommands
{
    public static IEnumerable<Command> All(Shell shell) =>
    [
        Group("study", "Studies: what is rated, by whom, in which rounds", StudyCommands.List(shell), StudyCommands.Show(shell),
            OpenStudyCommand.Create(shell), PolicyCommand.Create(shell), AnnounceRestoreCommand.Create(shell),
            ConfirmRestoreCommand.Create(shell), EraseCommand.Create(shell)),
        Group("organisation", "Organisations of a study", AdmitCommand.Create(shell)),
        Group("round", "Rounds of a study", RoundCommands.Open(shell), RoundCommands.Close(shell),
            FeedbackCommand.Create(shell)),
        RateCommand.Create(shell),
        ImportCommand.Create(shell),
        Group("matrix", "The consensus matrix", MatrixCommand.Show(shell), DiffCommand.Create(shell), SensitivityCommand.Create(shell)),
        AgreementCommand.Create(shell),
        Group("cell", "Single cells of the matrix", CellCommand.Why(shell)),
        OfflineRiskCommand.Create(
            shell, RiskCommand.Show(shell), RiskPortfolioCommand.Create(shell), RiskQuestionCommand.Frontier(shell),
            RiskQuestionCommand.Overlap(shell), RiskQuestionCommand.Importance(shell), RiskQuestionCommand.Cells(shell),
            SimulateCommand.Create(shell), RiskUncertaintyCommand.Create(shell), RiskQuestionCommand.Paper(shell),
            RiskPortfolioCommand.Export(shell)),
        Group("ledger", "The signed history of a study", LedgerCommand.Show(shell)),
        AuditCommands.Create(shell),
        WitnessCommands.Create(shell),
        AggregateCommand.Create(shell),
        OpsCommands.Create(shell),
    ];

    private static Command Group(string name, string description, params IEnumerable<Command> commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
            group.Add(command);
        return group;
    }
}
