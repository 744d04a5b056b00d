using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Offline;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh risk show STUDY</c>.</summary>
internal static class RiskCommand
{
    public static Command Show(Shell shell)
    {
        var (study, version, lens, json) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Lens(), ReadingOptions.Json());
        var portfolio = OfflineRiskCommand.PortfolioOption();
        var command = new Command("show", "What the consensus of a study means for techniques used together")
        {
            study, portfolio, version, lens, json,
        };
        var service = new ServiceOptions(command, shell, Peer.Risk);
        command.SetAction(async (parsed, ct) =>
        {
            var question = new RiskQuestion(
                service.Connect(parsed), parsed.GetRequiredValue(study), parsed.GetValue(version), OfflineRiskCommand.Ids(
                    parsed.GetValue(portfolio)));
            await (parsed.GetValue(json) ? WriteJsonAsync(shell, question, parsed.GetValue(lens), ct)
                : WriteTablesAsync(shell, question, parsed.GetValue(lens), ct));
        });
        return command;
    }

    private static async Task WriteJsonAsync(Shell shell, RiskQuestion question, string? lens, CancellationToken ct)
    {
        if (question.Portfolio is null)
            shell.WriteJson(await question.ReportAsync(lens, ct));
        else
            shell.WriteJson(await question.PortfolioAsync(lens, ct));
    }

    /// <summary>Without a lens the headline, and crisp beside it: no summary shows one without the other.</summary>
    private static async Task WriteTablesAsync(Shell shell, RiskQuestion question, string? lens, CancellationToken ct)
    {
        var main = await question.AnyAsync(lens ?? ReadingOptions.Headline, ct);
        var beside = lens is null ? await (question with { Version = main.Version }).AnyAsync(ReadingOptions.Crisp, ct) : null;
        var label = main.Label is null ? "" : $" ({main.Label})";
        shell.Out.WriteLine($"{main.Study}{label}, version {main.Version}, lens {main.Lens}, method {main.Method}");
        RiskSheets.Portfolios(main.Portfolios, beside?.Portfolios).Write(shell);
        var portfolio = question.Portfolio is { } asked ? string.Join("+", asked) : "all techniques together";
        RiskSheets.Importance(main.Importance, portfolio, beside?.Importance).Write(shell);
        foreach (var line in RiskSheets.Assumptions(main.Statement, main.Assumptions))
            shell.Out.WriteLine(line);
    }

    private sealed record RiskQuestion(ServiceClient Risk, string Study, long? Version, IReadOnlyList<string>? Portfolio)
    {
        private string Path => $"studies/{ServiceClient.Segment(Study)}/risk";

        public Task<RiskReport> ReportAsync(string? lens, CancellationToken ct) => Risk.GetAsync<RiskReport>(Query(Path, lens), ct);

        public Task<PortfolioReport> PortfolioAsync(string? lens, CancellationToken ct) => Risk.GetAsync<PortfolioReport>(
            Query($"{Path}/portfolios/{string.Join(',', Portfolio!.Select(ServiceClient.Segment))}", lens), ct);

        /// <summary>One portfolio as a report of its own, so that both are shown alike.</summary>
        public async Task<RiskReport> AnyAsync(string lens, CancellationToken ct)
        {
            if (Portfolio is null)
                return await ReportAsync(lens, ct);
            var one = await PortfolioAsync(lens, ct);
            return new RiskReport(
                one.Study, one.Label, one.Version, one.Lens, one.Method, one.Statement, one.MatrixDigest, one.Assumptions, [one.Portfolio],
                one.Importance, null, null);
        }

        private string Query(string path, string? lens) => ReadingOptions.Query(path, ("version", Version?.ToString()), ("lens", lens));
    }
}
