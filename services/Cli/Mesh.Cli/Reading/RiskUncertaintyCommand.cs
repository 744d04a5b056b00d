using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Offline;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh risk uncertainty STUDY</c>.</summary>
internal static class RiskUncertaintyCommand
{
    public static Command Create(Shell shell)
    {
        var (study, version, lens, json) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Lens(), ReadingOptions.Json());
        var portfolio = OfflineRiskCommand.PortfolioOption();
        var sampling = new UncertaintyOptions();
        var command = new Command("uncertainty", "What the ratings leave open about the risk of a study")
        {
            study, portfolio, version, lens, json,
        };
        sampling.AddTo(command);
        var service = new ServiceOptions(command, shell, Peer.Risk);
        command.SetAction(async (parsed, ct) =>
        {
            var risk = service.Connect(parsed);
            Task<RiskUncertainty> AskAsync(long? of, string? under) => risk.GetAsync<RiskUncertainty>(
                ReadingOptions.Query(
                    $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/risk/uncertainty",
                    [("version", of?.ToString()), ("lens", under), ("portfolio", parsed.GetValue(portfolio)), .. sampling.Query(parsed)]),
                ct);
            var asked = parsed.GetValue(lens);
            var main = await AskAsync(parsed.GetValue(version), asked ?? (parsed.GetValue(json) ? null : ReadingOptions.Headline));
            if (parsed.GetValue(json))
                shell.WriteJson(main);
            else
                Write(shell, main, asked is null ? await AskAsync(main.Version, ReadingOptions.Crisp) : null);
        });
        return command;
    }

    /// <param name="beside">The same under the lens crisp: no summary shows the headline without it.</param>
    private static void Write(Shell shell, RiskUncertainty main, RiskUncertainty? beside)
    {
        var label = main.Label is null ? "" : $" ({main.Label})";
        shell.Out.WriteLine($"{main.Study}{label}, version {main.Version}, lens {main.Lens}, method {main.Method}");
        UncertaintySheets.Write(shell, main.Uncertainty, null, beside?.Uncertainty);
        foreach (var line in RiskSheets.Assumptions(main.Statement, main.Assumptions))
            shell.Out.WriteLine(line);
        shell.Say(UncertaintySheets.Legend(main.Uncertainty.Sampling));
    }
}
