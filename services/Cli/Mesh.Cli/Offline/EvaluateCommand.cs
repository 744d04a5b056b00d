using System.CommandLine;
using AlignmentMesh.MatrixAggregation.Domain.Evaluating;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary><c>mesh aggregate evaluate</c>: the lenses on claims with known outcomes, and under attack.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Shell shell)
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder with aggrecat_sips_ratings.csv and aggrecat_sips_outcomes.csv (aggreCAT, not part of the project)",
            HelpName = "FOLDER",
            Required = true,
        };
        var json = new Option<bool>("--json") { Description = "Write JSON with all digits" };
        var file = new Option<string?>("-o", "--output")
        {
            Description = "Write the tables as Markdown between the marks of this file; what else the file says stays",
            HelpName = "FILE",
        };
        var command = new Command("evaluate", "How every method does on claims with known outcomes, and under attack") { data, json, file };
        command.SetAction(async (parsed, ct) =>
        {
            var evaluation = Evaluation.Of(await KnownOutcomes.ReadAsync(shell, parsed.GetRequiredValue(data), ct));
            if (parsed.GetValue(file) is { } path)
            {
                var page = await InputFile.ReadAsync(shell, path, ct);
                var tables = EvaluationSheets.Markdown(evaluation);
                await File.WriteAllTextAsync(path, MarkedPage.Into(page, "mesh aggregate evaluate", tables), ct);
            }
            else if (parsed.GetValue(json))
                shell.WriteJson(evaluation, Json.Complete);
            else
                EvaluationSheets.Write(shell, evaluation);
            return ExitCode.Ok;
        });
        return command;
    }
}

/// <summary>Both tables of <c>mesh aggregate evaluate</c>.</summary>
internal sealed record Evaluation(int Claims, int Happened, IReadOnlyList<LensScore> Scores, IReadOnlyList<LensRobustness> Attack)
{
    public static Evaluation Of(IReadOnlyList<(MatrixAggregation.Domain.Rating[] Ratings, bool Happened)> claims) => new(
        claims.Count, claims.Count(claim => claim.Happened), LensScore.Of(claims),
        LensRobustness.Of([.. claims.Select(claim => claim.Ratings)]));
}
