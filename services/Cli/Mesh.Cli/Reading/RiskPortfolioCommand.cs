using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Offline;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh risk portfolio STUDY A,B</c> and <c>mesh risk export STUDY</c>.</summary>
internal static class RiskPortfolioCommand
{
    public static Command Create(Shell shell)
    {
        var (study, version, lens, json) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Lens(), ReadingOptions.Json());
        var ids = new Argument<string>("A,B") { Description = "Techniques used together, separated by commas" };
        var command = new Command("portfolio", "What the techniques of one portfolio are worth together")
        {
            study, ids, version, lens, json,
        };
        var service = new ServiceOptions(command, shell, Peer.Risk);
        command.SetAction(async (parsed, ct) =>
        {
            var risk = service.Connect(parsed);
            var path = $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/risk/portfolios/"
                + string.Join(',', OfflineRiskCommand.Ids(parsed.GetRequiredValue(ids))!.Select(ServiceClient.Segment));
            Task<PortfolioReport> AskAsync(long? of, string? under) =>
                risk.GetAsync<PortfolioReport>(ReadingOptions.Query(path, ("version", of?.ToString()), ("lens", under)), ct);
            var asked = parsed.GetValue(lens);
            var main = await AskAsync(parsed.GetValue(version), asked ?? (parsed.GetValue(json) ? null : ReadingOptions.Headline));
            if (parsed.GetValue(json))
                shell.WriteJson(main);
            else
                RiskQuestionSheets.Write(shell, main, asked is null ? await AskAsync(main.Version, ReadingOptions.Crisp) : null);
        });
        return command;
    }

    public static Command Export(Shell shell)
    {
        var (study, version, lens) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Lens());
        var portfolio = OfflineRiskCommand.PortfolioOption();
        var failing = new Option<int?>("--failing")
        {
            Description = "How many techniques must fail for the portfolio to fail (default: all of them)",
            HelpName = "K",
        };
        var command = new Command("export", "A portfolio as a fault tree in the Open-PSA format, for SCRAM and other tools, as XML")
        {
            study, portfolio, failing, version, lens,
        };
        var service = new ServiceOptions(command, shell, Peer.Risk);
        command.SetAction(async (parsed, ct) => shell.Out.Write(await service.Connect(parsed).GetTextAsync(
            ReadingOptions.Query(
                $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/risk/openpsa",
                ("version", parsed.GetValue(version)?.ToString()), ("lens", parsed.GetValue(lens)),
                ("portfolio", parsed.GetValue(portfolio)), ("failing", parsed.GetValue(failing)?.ToString())),
            ct)));
        return command;
    }
}
