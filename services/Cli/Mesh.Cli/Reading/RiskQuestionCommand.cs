using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Offline;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh risk frontier|overlap|importance|cells|paper STUDY</c>: a question about one version.</summary>
internal static class RiskQuestionCommand
{
    public static Command Frontier(Shell shell) => Create<RiskFrontier>(
        shell, "frontier", "Risk against safety tax: what none beats, and the best of every size", "frontier and best of every size",
        "one row a portfolio", ofPortfolio: false, (answer, lens) => RiskQuestionSheets.Write(shell, answer, lens));

    public static Command Overlap(Shell shell) => Create<RiskOverlap>(
        shell, "overlap", "How far techniques fail together, and what the ratings cannot tell apart", "pairs, then what is redundant",
        "one row a pair", ofPortfolio: false, (answer, lens) => RiskQuestionSheets.Write(shell, answer, lens));

    public static Command Importance(Shell shell) => Create<RiskImportance>(
        shell, "importance", "Which failure mode matters most, for a portfolio and on average over all", "one row a failure mode",
        "one row a failure mode, all digits", ofPortfolio: true, (answer, lens) => RiskQuestionSheets.Write(shell, answer, lens));

    public static Command Cells(Shell shell) => Create<RiskCells>(
        shell, "cells", "Which cell to settle next", "the cells that matter most", "one row a cell", ofPortfolio: true,
        (answer, lens) => RiskQuestionSheets.Write(shell, answer, lens));

    public static Command Paper(Shell shell) => Create<RiskPaper>(
        shell, "paper", "What becomes of the conclusions of Dung and Mai (2025) under the consensus", "verdicts with their numbers",
        "one row a conclusion", ofPortfolio: false, (answer, lens) => RiskQuestionSheets.Write(shell, answer, lens));

    /// <param name="write">Writes the tables, with the lens they are under.</param>
    private static Command Create<T>(
        Shell shell, string name, string description, string table, string csv, bool ofPortfolio, Action<T, string> write)
    {
        var (study, version, lens, json) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Lens(), ReadingOptions.Json());
        var (format, portfolio) = (ReadingOptions.Format(table, csv), OfflineRiskCommand.PortfolioOption());
        var command = new Command(name, description) { study, version, lens, format, json };
        if (ofPortfolio) command.Add(portfolio);
        var service = new ServiceOptions(command, shell, Peer.Risk);
        command.SetAction(async (parsed, ct) =>
        {
            string Path(string? under) => ReadingOptions.Query(
                $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/risk/{name}",
                ("version", parsed.GetValue(version)?.ToString()), ("lens", under),
                ("portfolio", ofPortfolio ? parsed.GetValue(portfolio) : null));
            var (risk, answers, asked) = (service.Connect(parsed), new Answers(format, json), parsed.GetValue(lens));
            var isTable = !parsed.GetValue(json) && parsed.GetValue(format) == ReadingOptions.Table;
            var first = asked ?? (isTable ? ReadingOptions.Headline : null);
            await answers.WriteAsync<T>(shell, parsed, risk, Path(first), answer => write(answer, first!), ct);

            // No summary shows the headline without crisp.
            if (!isTable || asked is not null) return;
            shell.Out.WriteLine();
            await answers.WriteAsync<T>(
                shell, parsed, risk, Path(ReadingOptions.Crisp), answer => write(answer, ReadingOptions.Crisp), ct);
        });
        return command;
    }
}
