using System.CommandLine;
using AlignmentMesh.Contracts;
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
        var sampling = new UncertaintyOptions();
        var command = new Command(
            "risk",
            $"The risk of technique portfolios of a model file, computed here without any service: all of up to {ScoreRisk.LargestListed} "
            + "techniques, otherwise the asked one")
        {
            file, portfolio, json, uncertainty,
        };
        foreach (var asked in ofService)
            command.Add(asked);
        sampling.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(file) is not { } path)
                throw CommandException.BadUsage("'mesh risk' needs MODEL.json, or the subcommand show or uncertainty.", "mesh risk --help");
            if (!parsed.GetValue(uncertainty) && sampling.Given(parsed) is { } option)
                throw CommandException.BadUsage($"'{option}' needs '--uncertainty'.", "mesh risk --help");
            var model = await InputFile.ReadJsonAsync<OfflineModel>(shell, path, Shape, ct);
            var drawn = parsed.GetValue(uncertainty) ? sampling.Of(parsed, model) : null;
            return Run(shell, model, Ids(parsed.GetValue(portfolio)), drawn, parsed.GetValue(json), ct);
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

    private static int Run(
        Shell shell, OfflineModel model, IReadOnlyList<string>? portfolio, OfflineUncertainty? drawn, bool json, CancellationToken ct)
    {
        var asked = Scored(model, portfolio, () => model.Score(portfolio));
        var figures = drawn is null ? null : Scored(model, portfolio, () => drawn.Figures(portfolio, ct));
        if (json)
        {
            // A file of numbers for programs is complete; the question only chooses what importance is given for.
            var complete = portfolio is not null && model.Techniques.Count <= ScoreRisk.LargestListed;
            var listed = complete ? Scored(model, null, () => model.Score(null)) : asked;
            shell.WriteJson(listed with { Importance = asked.Importance, Uncertainty = figures }, Json.Complete);
            return ExitCode.Ok;
        }

        Portfolios(asked).Write(shell);
        shell.Out.WriteLine();
        RiskSheets.Importance(asked.Importance, string.Join("+", portfolio ?? model.Techniques)).Write(shell);
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

    private static Sheet Portfolios(OfflineRisk risk)
    {
        var sheet = new Sheet("portfolio", "joint", "independent", "dependence effect", "effective layers", "bounds");
        foreach (var portfolio in risk.Portfolios)
            sheet.Add(
                string.Join("+", portfolio.Techniques), Show.Number(portfolio.Joint), Show.Number(portfolio.Independent),
                Show.Number(portfolio.DependenceEffect), Show.Number(portfolio.EffectiveLayers),
                $"{Show.Number(portfolio.Frechet[0])} to {Show.Number(portfolio.Frechet[1])}");
        return sheet;
    }
}
