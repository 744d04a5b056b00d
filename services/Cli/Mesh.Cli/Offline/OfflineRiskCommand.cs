using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary><c>mesh risk MODEL.json</c>: the risk of a model in a file, without any service; <c>mesh risk show</c> asks the
/// service.</summary>
internal static class OfflineRiskCommand
{
    private const string Shape =
        """{"techniques":["RLHF",...],"failureModes":[{"id":"S-TAX","likelihood":0.1},...],"""
        + """ "vulnerability":[[x,...],...],"safetyTax":[x,...]}""";

    public static Command Create(Shell shell, Command show)
    {
        var file = new Argument<string?>("MODEL")
        {
            Description = $"JSON, - for standard input: {Shape}; safetyTax may be missing",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => null,
        };
        var portfolio = PortfolioOption();
        var json = new Option<bool>("--json") { Description = "Write JSON with all digits" };
        var command = new Command(
            "risk",
            $"The risk of technique portfolios of a model file, computed here without any service: all of up to {ScoreRisk.LargestListed} "
            + "techniques, otherwise the asked one")
        {
            file, portfolio, json, show,
        };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(file) is not { } path)
                throw CommandException.BadUsage("'mesh risk' needs MODEL.json, or the subcommand show.", "mesh risk --help");
            var model = await InputFile.ReadJsonAsync<OfflineModel>(shell, path, Shape, ct);
            return Run(shell, model, Ids(parsed.GetValue(portfolio)), parsed.GetValue(json));
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

    private static int Run(Shell shell, OfflineModel model, IReadOnlyList<string>? portfolio, bool json)
    {
        var asked = Score(model, portfolio);
        if (json)
        {
            // A file of numbers for programs is complete; the question only chooses what importance is given for.
            var listed = portfolio is null || model.Techniques.Count > ScoreRisk.LargestListed ? asked : Score(model, null);
            shell.WriteJson(listed with { Importance = asked.Importance }, Json.Complete);
            return ExitCode.Ok;
        }

        Portfolios(asked).Write(shell);
        shell.Out.WriteLine();
        RiskSheets.Importance(asked.Importance, string.Join("+", portfolio ?? model.Techniques)).Write(shell);
        return ExitCode.Ok;
    }

    private static OfflineRisk Score(OfflineModel model, IReadOnlyList<string>? portfolio)
    {
        try
        {
            return model.Score(portfolio);
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
