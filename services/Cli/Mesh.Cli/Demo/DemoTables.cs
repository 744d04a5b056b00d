using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Demo;

/// <summary>What the services answered, for people.</summary>
internal static class DemoTables
{
    public static void Write(Shell shell, IReadOnlyList<StudyAnswers> studies)
    {
        foreach (var study in studies)
        {
            shell.Out.WriteLine();
            shell.Out.WriteLine($"=== {study.Study}: ledger of {study.Head.Size} entries, root {study.Head.Root}");
            foreach (var matrix in new[] { study.Headline, study.Crisp })
            {
                shell.Out.WriteLine();
                shell.Out.WriteLine(MatrixSheets.Heading(matrix));
                MatrixSheets.Grid(matrix).Write(shell);
            }

            shell.Out.WriteLine();
            var (headline, crisp) = (study.Summaries[ReadingOptions.Headline], study.Summaries[ReadingOptions.Crisp]);
            shell.Out.WriteLine($"Risk of {study.Study}, version {headline.Version}, lens {headline.Lens} with crisp beside it");
            RiskSheets.Portfolios(headline.Portfolios, crisp.Portfolios).Write(shell);
            RiskSheets.Importance(headline.Importance, "all techniques together", crisp.Importance).Write(shell);
            foreach (var line in RiskSheets.Assumptions(headline.Statement, headline.Assumptions))
                shell.Out.WriteLine(line);
        }

        shell.Say(MatrixSheets.Legend);
    }
}
