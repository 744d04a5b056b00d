using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary><c>mesh aggregate RATINGS.csv</c>: the consensus of a file, without any service.</summary>
internal static class AggregateCommand
{
    public static Command Create(Shell shell)
    {
        var file = new Argument<string>("RATINGS") { Description = "Ratings as CSV; - is standard input" };
        var json = new Option<bool>("--json") { Description = "Write JSON with all digits" };
        var command = new Command(
            "aggregate",
            "Compute the consensus matrix of a ratings file on this machine, without any service (method rohl-1).\n"
            + $"Columns: {string.Join(",", RatingColumns.All)}. Columns may be missing except the ids.\n"
            + "The latest row of a rater and cell counts. Cells come techniques outer, failure modes inner, each in the order in which\n"
            + "the file first names them; cells that nobody rated have the status no_data. Likelihoods and taxes are no cells.")
        {
            file, json,
        };
        command.SetAction(async (parsed, ct) =>
            Run(shell, RatingsFile.Parse(await InputFile.ReadAsync(shell, parsed.GetRequiredValue(file), ct)), parsed.GetValue(json)));
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

    private static int Run(Shell shell, RatingsFile file, bool json)
    {
        foreach (var unknown in file.UnknownColumns())
            shell.Say($"mesh: {unknown}");
        var matrix = OfflineMatrix.Of([.. file.Rows.Select(row => row.Content)]);
        if (json)
            shell.WriteJson(matrix, Json.Complete);
        else
            Table(matrix).Write(shell);
        return Report(shell, file.Errors);
    }

    private static Sheet Table(OfflineMatrix matrix)
    {
        var sheet = new Sheet("technique", "failure mode", "mean", "90% interval", "verdict", "status", "organisations", "raters");
        foreach (var cell in matrix.Cells)
            sheet.Add(
                cell.Technique, cell.FailureMode, Show.Percent(cell.Mean),
                cell.Mean is null ? Show.Nothing : $"{Show.Percent(cell.Lower90)} to {Show.Percent(cell.Upper90)}",
                cell.Verdict ?? Show.Nothing, cell.Status, Show.Count(cell.Organisations), Show.Count(cell.Raters));
        return sheet;
    }
}
