using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary><c>mesh aggregate RATINGS.csv</c>: the consensus of a file, without any service.</summary>
internal static class AggregateCommand
{
    private const string Summary =
        "The consensus matrix of a ratings file, computed here without any service (rohl-1): techniques outer, failure modes inner, "
        + "each in the order in which the file first names them";

    public static Command Create(Shell shell)
    {
        var file = new Argument<string>("RATINGS")
        {
            Description = "CSV, - for standard input. Columns, of which all but an id may be missing: " + string.Join(" ",
                RatingColumns.All),
        };
        var json = new Option<bool>("--json") { Description = "Write JSON with all digits" };
        var sensitivity = new Option<bool>("--sensitivity")
        {
            Description = "Also compute the matrix with rho 0.2 and 0.8, the least s of intervals 0.3 and 0.9, nu 1 and 4",
        };
        var agreement = new Option<bool>("--agreement") { Description = "Also how far raters and organisations agree" };
        var seed = new Option<long?>("--bootstrap")
        {
            Description = $"With --agreement: the seed of the 95% intervals, 0 or more; {Bootstrap.Standard} resamples of the cells "
                + $"(default: {AgreementReport.StandardSeed})",
            HelpName = "SEED",
        };
        seed.Validators.Add(given =>
        {
            if (given.GetValue(seed) < 0)
                given.AddError($"--bootstrap is {given.GetValue(seed)}; allowed are 0 to {long.MaxValue}.");
        });
        var command = new Command("aggregate", Summary) { file, json, sensitivity, agreement, seed, EvaluateCommand.Create(shell) };
        command.SetAction(async (parsed, ct) =>
        {
            var bootstrap = Asked(parsed.GetValue(agreement), parsed.GetValue(seed));
            var content = RatingsFile.Parse(await InputFile.ReadAsync(shell, parsed.GetRequiredValue(file), ct));
            return Run(shell, content, parsed.GetValue(sensitivity), bootstrap, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Says on standard error which rows cannot be used, and returns the exit code that follows.</summary>
    public static int Report(Shell shell, IReadOnlyList<ImportError> errors)
    {
        foreach (var error in errors)
            shell.Error.WriteLine($"row {error.Row}{(error.Column is null ? "" : $", {error.Column}")}: {error.Message}");
        if (errors.Count == 0)
            return ExitCode.Ok;
        shell.Error.WriteLine($"mesh: {errors.Select(error => error.Row).Distinct().Count()} rows were rejected; mend them and run again.");
        return ExitCode.DataRejected;
    }

    private static Bootstrap? Asked(bool agreement, long? seed) => agreement
        ? new Bootstrap((ulong?)seed ?? AgreementReport.StandardSeed)
        : seed is null ? null : throw CommandException.BadUsage("'--bootstrap' needs '--agreement'.", "mesh aggregate --help");

    private static int Run(Shell shell, RatingsFile file, bool sensitivity, Bootstrap? bootstrap, bool json)
    {
        foreach (var unknown in file.UnknownColumns())
            shell.Say($"mesh: {unknown}");
        var matrix = OfflineMatrix.Of([.. file.Rows.Select(row => row.Content)], sensitivity, bootstrap);
        if (json)
            shell.WriteJson(matrix, Json.Complete);
        else
            Tables(shell, matrix);
        return Report(shell, file.Errors);
    }

    private static void Tables(Shell shell, OfflineMatrix matrix)
    {
        AggregateSheets.Cells(matrix).Write(shell);
        if (matrix.Sensitivity is { } variants)
        {
            shell.Out.WriteLine();
            SensitivitySheets.Write(shell, variants);
        }

        if (matrix.Agreement is { } agreement)
        {
            shell.Out.WriteLine();
            new AgreementSheets(agreement.Overall, agreement.ByOrganisation, agreement.BetweenOrganisations)
                .Write(shell, agreement.Bootstrap);
        }
    }
}
