using System.CommandLine;
using AlignmentMesh.Mesh.Cli.Terminal;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary><c>mesh risk MODEL.json</c>: the risk of a model in a file, without any service; its subcommands ask the service.</summary>
internal static class OfflineRiskCommand
{
    private const string Shape =
        """{"techniques":["RLHF",...],"failureModes":[{"id":"S-TAX","likelihood":0.1},...],"""
        + """ "vulnerability":[[x,...],...],"safetyTax":[x,...]}""";

    private const string Known =
        """; for x and a likelihood also {"mean":x,"sd":x} or {"beta":[a,b]}, with "organisations":["A",...] or "bounds":[x,x]""";

    public static Command Create(Shell shell, params IEnumerable<Command> ofService)
    {
        var file = new Argument<string?>("MODEL")
        {
            Description = $"JSON, - for standard input: {Shape}; safetyTax may be missing{Known}",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => null,
        };
        var portfolio = PortfolioOption();
        var json = new Option<bool>("--json") { Description = "Write JSON with all digits" };
        var uncertainty = new Option<bool>("--uncertainty") { Description = "Also what is not known of the numbers does to the risk" };
        var (options, sampling) = (new OfflineRiskOptions(), new UncertaintyOptions());
        var command = new Command(
            "risk",
            $"The risk of technique portfolios of a model file, computed here without any service: all of up to {ScoreRisk.LargestListed} "
            + "techniques, otherwise the asked one")
        {
            file, portfolio, json, uncertainty,
        };
        foreach (var asked in ofService)
            command.Add(asked);
        options.AddTo(command);
        sampling.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(file) is not { } path)
                throw CommandException.BadUsage("'mesh risk' needs MODEL.json, or a subcommand such as show.", "mesh risk --help");
            if (!parsed.GetValue(uncertainty) && sampling.Given(parsed) is { } option)
                throw CommandException.BadUsage($"'{option}' needs '--uncertainty'.", "mesh risk --help");
            var assumptions = options.Assumptions(parsed);
            var model = await InputFile.ReadJsonAsync<OfflineModel>(shell, path, Shape, ct);
            var drawn = parsed.GetValue(uncertainty) ? sampling.Of(parsed, model) : null;
            var asked = Ids(parsed.GetValue(portfolio));
            return Scored(model, asked, () => parsed.GetValue(json)
                ? WriteJson(shell, new ScoreOffline(model, asked, assumptions), drawn, ct)
                : WriteTables(shell, new OfflineTables(shell, model, asked, assumptions), options.Tables(parsed), drawn, asked, ct));
        });
        return command;
    }

    public static Option<string?> PortfolioOption() => new("--portfolio")
    {
        Description = "Techniques used together, separated by commas; importance is given for them (default: all)",
        HelpName = "A,B",
    };

    public static IReadOnlyList<string>? Ids(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A file of numbers for programs is complete; the question only chooses what they are about.</summary>
    private static int WriteJson(Shell shell, ScoreOffline score, OfflineUncertainty? drawn, CancellationToken ct)
    {
        shell.WriteJson(score.Report() with { Uncertainty = drawn?.Figures(score.Portfolio, ct) }, Json.Complete);
        return ExitCode.Ok;
    }

    private static int WriteTables(
        Shell shell, OfflineTables tables, IEnumerable<Func<OfflineTables, IEnumerable<Sheet>>> more, OfflineUncertainty? drawn,
        IReadOnlyList<string>? portfolio, CancellationToken ct)
    {
        // All of it is there before the first line is written: a question that is too large writes nothing.
        Sheet[] sheets = [tables.Portfolios(), tables.Importance(), .. more.SelectMany(table => table(tables))];
        var figures = drawn?.Figures(portfolio, ct);
        foreach (var (sheet, place) in sheets.Select((sheet, place) => (sheet, place)))
        {
            if (place > 0)
                shell.Out.WriteLine();
            sheet.Write(shell);
        }

        if (figures is null)
            return ExitCode.Ok;
        shell.Out.WriteLine();
        UncertaintySheets.Write(shell, figures, portfolio);
        shell.Say(UncertaintySheets.Legend(figures.Sampling));
        return ExitCode.Ok;
    }

    private static T Scored<T>(OfflineModel model, IReadOnlyList<string>? portfolio, Func<T> score)
    {
        try
        {
            return score();
        }
        catch (RiskInputException e)
        {
            throw portfolio?.FirstOrDefault(id => !model.Techniques.Contains(id)) is { } unknown
                ? CommandException.BadUsage(e.Message, CloseMatch.Question(unknown, model.Techniques), e)
                : CommandException.BadData(e.Message, inner: e);
        }
    }
}
