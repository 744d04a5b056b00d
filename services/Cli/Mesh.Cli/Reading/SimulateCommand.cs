using System.CommandLine;
using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Offline;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh risk simulate STUDY</c>.</summary>
internal sealed class SimulateCommand
{
    private const string Example = "mesh risk simulate STUDY --portfolio RE,IDA --cell RE/COLL=0.8 --likelihood COLL=0.2";

    private readonly Option<string?> _portfolio = OfflineRiskCommand.PortfolioOption();

    private readonly Option<int?> _layers = new("--layers")
    {
        Description = "How many of the techniques must hold for the portfolio to hold (default: 1)",
        HelpName = "R",
    };

    private readonly Option<string[]> _cells = Repeated("--cell", "TECHNIQUE/MODE=X", "P(the technique fails | the failure mode obtains)");

    private readonly Option<string[]> _likelihoods = Repeated("--likelihood", "MODE=X", "P(the failure mode obtains)");

    private readonly Option<string[]> _taxes = Repeated("--tax", "TECHNIQUE=X", "The technique's safety tax");

    private readonly Option<string[]> _groups = Repeated("--group", "MODE+MODE=B", "Failure modes with a common cause; its share B");

    private readonly Option<double?> _floor = new("--floor")
    {
        Description = "Chance of a failure mode outside the catalogue that defeats everything (default: 0.01)",
        HelpName = "U",
    };

    private readonly Option<double?> _residual = new("--residual-beta")
    {
        Description = "Also the joint if, given the failure modes, techniques fail together as far as they can in this share of cases",
        HelpName = "B",
    };

    private readonly Option<bool> _exclusive = new("--exclusive") { Description = "Also the joint if failure modes exclude each other" };

    private readonly Option<long?> _seed = new("--seed") { Description = "Seed of the draws (default: 1)", HelpName = "N" };

    public static Command Create(Shell shell)
    {
        var (study, version, lens, json) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Lens(), ReadingOptions.Json());
        var asked = new SimulateCommand();
        var command = new Command("simulate", "What if: a portfolio with numbers and assumptions of your own; nothing is stored")
        {
            study, asked._portfolio, asked._layers, asked._cells, asked._likelihoods, asked._taxes, asked._floor, asked._residual,
            asked._groups, asked._exclusive, asked._seed, version, lens, json,
        };
        var service = new ServiceOptions(command, shell, Peer.Risk);
        command.SetAction(async (parsed, ct) =>
        {
            var (risk, question) = (service.Connect(parsed), asked.Read(parsed));
            Task<RiskSimulation> AskAsync(long? of, string? under) => risk.PostAsync<RiskSimulation>(
                ReadingOptions.Query(
                    $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/risk:simulate", ("version", of?.ToString()),
                    ("lens", under)),
                question, risk.NewKey(), ct);
            var main = await AskAsync(parsed.GetValue(version), parsed.GetValue(lens));
            if (parsed.GetValue(json))
                shell.WriteJson(main);
            else
                SimulationSheets.Write(
                    shell, main, parsed.GetValue(lens) is null ? await AskAsync(main.Version, ReadingOptions.Crisp) : null);
        });
        return command;
    }

    private SimulateRequest Read(ParseResult parsed) => new(
        OfflineRiskCommand.Ids(parsed.GetValue(_portfolio)), parsed.GetValue(_layers),
        Each(parsed, _cells, (name, x) => name.Split('/', 2) is [var technique, var mode]
            ? new CellOverride(technique, mode, x)
            : throw Bad(_cells, name)),
        Each(parsed, _likelihoods, (mode, x) => new LikelihoodOverride(mode, x)),
        Each(parsed, _taxes, (technique, x) => new SafetyTaxOverride(technique, x)), parsed.GetValue(_floor), parsed.GetValue(_residual),
        Each(parsed, _groups, (modes, beta) => new ModeGroup(modes.Split('+'), beta)), parsed.GetValue(_exclusive) ? true : null,
        parsed.GetValue(_seed));

    private static IReadOnlyList<T>? Each<T>(ParseResult parsed, Option<string[]> option, Func<string, double, T> read)
    {
        var given = parsed.GetValue(option) ?? [];
        return given.Length == 0 ? null : [.. given.Select(text =>
            text.LastIndexOf('=') is > 0 and var at
                && double.TryParse(text[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
                ? read(text[..at], number)
                : throw Bad(option, text))];
    }

    private static CommandException Bad(Option<string[]> option, string value) =>
        CommandException.BadUsage($"'{option.Name}' is {value}; allowed: {option.HelpName}, X a number.", Example);

    private static Option<string[]> Repeated(string name, string shape, string meaning) => new(name)
    {
        Description = meaning + "; may be given several times",
        HelpName = shape,
    };
}
