using System.Globalization;
using AlignmentMesh.Contracts;
using CsvHelper;
using CsvHelper.Configuration;

namespace AlignmentMesh.RatingIntake.Service.ImportingRatings;

/// <summary>One row of a ratings file that could be read.</summary>
/// <param name="Row">1-based, the header being row 1.</param>
internal sealed record ImportRow(int Row, string Organisation, string Rater, int? Round, bool Withdrawn, RatingItem Item);

/// <summary>Reads a ratings file; every field that cannot be read is an error of its own. CsvHelper knows RFC 4180.</summary>
internal static class ImportFile
{
    public const int MostRows = 10_000;

    public static (List<ImportRow> Rows, List<ImportError> Errors) Read(string text)
    {
        var (rows, errors) = (new List<ImportRow>(), new List<ImportError>());
        using var csv = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = null,
            MissingFieldFound = null,
            TrimOptions = TrimOptions.Trim,
        });
        if (!csv.Read() || !csv.ReadHeader())
        {
            errors.Add(new ImportError(
                1, null, "header-missing", $"The first row must name columns of: {string.Join(",", RatingColumns.All)}."));
            return (rows, errors);
        }

        foreach (var unknown in csv.HeaderRecord!.Except(RatingColumns.All))
            errors.Add(new ImportError(
                1, unknown, "unknown-column", $"'{unknown}' is no column; allowed: {string.Join(", ", RatingColumns.All)}."));
        var number = 1;
        while (csv.Read())
        {
            if (++number - 1 > MostRows)
            {
                errors.Add(new ImportError(number, null, "too-many-rows", $"At most {MostRows} rows; send the rest as another file."));
                break;
            }

            var before = errors.Count;
            var row = ReadRow(csv, number, errors);
            if (errors.Count == before) rows.Add(row);
        }

        return (rows, errors);
    }

    private static ImportRow ReadRow(CsvReader csv, int row, List<ImportError> errors)
    {
        var fields = new Fields(csv, row, errors);
        var item = new RatingItem(
            fields.Text("technique"), fields.Text("failure_mode"), fields.Text("verdict"), fields.Number("best"), fields.Number("lower"),
            fields.Number("upper"), fields.Number("confidence"), fields.Text("rationale"), null, fields.Time("submitted_at"));
        return new ImportRow(
            row, fields.Text("organisation") ?? "", fields.Text("rater") ?? "", fields.Integer("round"), fields.Boolean("withdrawn"), item);
    }

    private sealed class Fields(CsvReader csv, int row, List<ImportError> errors)
    {
        private delegate bool Parser<T>(string text, out T value);

        public string? Text(string column) =>
            csv.TryGetField<string>(column, out var text) && !string.IsNullOrEmpty(text) ? text : null;

        public decimal? Number(string column) => Read(column, "a decimal number such as 0.25", (string text, out decimal value) =>
            decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value));

        public int? Integer(string column) => Read(column, "a round's number, or empty for the open one", (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value));

        public DateTimeOffset? Time(string column) =>
            Read(column, "an RFC 3339 time such as 2026-11-23T17:00:00Z", (string text, out DateTimeOffset value) =>
                DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value));

        public bool Boolean(string column) => Read(column, "true, false, 1, 0 or empty", (string text, out bool value) =>
            bool.TryParse(text, out value) || (value = text == "1") || text == "0") ?? false;

        private T? Read<T>(string column, string allowed, Parser<T> parse)
            where T : struct
        {
            if (Text(column) is not { } text) return null;
            if (parse(text, out var value)) return value;
            errors.Add(new ImportError(row, column, "unreadable", $"{column} is '{text}'; allowed: {allowed}."));
            return null;
        }
    }
}
