using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Terminal;
using CsvHelper;
using CsvHelper.Configuration;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>A row of a ratings file that could be read.</summary>
/// <param name="Number">1-based, the header being row 1.</param>
/// <param name="Fields">Column to text, as it stands in the file.</param>
internal sealed record RatingsRow(int Number, OfflineRow Content, IReadOnlyDictionary<string, string> Fields);

/// <summary>A ratings file: rows that could be read, and what is wrong with the others.</summary>
/// <param name="Columns">Names of the header row.</param>
internal sealed record RatingsFile(IReadOnlyList<string> Columns, IReadOnlyList<RatingsRow> Rows, IReadOnlyList<ImportError> Errors)
{
    public static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        BadDataFound = null,
        MissingFieldFound = null,
        TrimOptions = TrimOptions.Trim,
    };

    /// <exception cref="CommandException">The header is missing or names no id column.</exception>
    public static RatingsFile Parse(string text)
    {
        using var csv = new CsvReader(new StringReader(text), Format);
        if (!csv.Read() || !csv.ReadHeader())
            throw CommandException.BadData("The ratings file is empty.", HeaderHint);
        var columns = csv.HeaderRecord!;
        if (!columns.Contains("technique") && !columns.Contains("failure_mode"))
            throw CommandException.BadData(
                $"The ratings file's header is '{string.Join(',', columns)}'; allowed: one with technique, failure_mode or both.",
                    HeaderHint);
        var (rows, errors) = (new List<RatingsRow>(), new List<ImportError>());
        for (var number = 2; csv.Read(); number++)
        {
            var before = errors.Count;
            var content = RatingsRowReader.Read(csv, number, errors);
            if (errors.Count == before)
                rows.Add(new RatingsRow(number, content, FieldsOf(csv)));
        }

        return new RatingsFile(columns, rows, errors);
    }

    /// <summary>Columns that ratings files do not have, each with the one that may have been meant.</summary>
    public IEnumerable<string> UnknownColumns() => Columns.Except(RatingColumns.All)
        .Select(column => $"column '{column}' is not used. {CloseMatch.Question(column, RatingColumns.All)}".TrimEnd());

    private static Dictionary<string, string> FieldsOf(CsvReader csv) =>
        RatingColumns.All.ToDictionary(column => column, column => csv.TryGetField<string>(column, out var text) ? text ?? "" : "");

    private static string HeaderHint => $"Begin the file with columns of {string.Join(',', RatingColumns.All)}";
}
