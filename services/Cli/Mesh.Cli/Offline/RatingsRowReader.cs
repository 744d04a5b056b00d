using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using CsvHelper;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>
/// One row of a ratings file; every field that says something impossible is an error of its own. Bounds in the wrong order and
/// a confidence outside 0.5..0.99 are taken, since the method repairs them.
/// </summary>
internal sealed class RatingsRowReader
{
    private readonly CsvReader _csv;
    private readonly int _row;
    private readonly List<ImportError> _errors;

    private RatingsRowReader(CsvReader csv, int row, List<ImportError> errors) => (_csv, _row, _errors) = (csv, row, errors);

    private delegate bool Parser<T>(string text, out T value);

    public static OfflineRow Read(CsvReader csv, int row, List<ImportError> errors) => new RatingsRowReader(csv, row, errors).Read();

    private OfflineRow Read()
    {
        var (technique, mode) = (Text("technique"), Text("failure_mode"));
        if (technique is null && mode is null)
            Refuse("technique", "no-quantity", "technique and failure_mode are empty; allowed: at least one of them.");
        var isTax = mode is null;
        var withdrawn = Parse("withdrawn", "true, false, 1, 0 or empty", (string text, out bool value) =>
            bool.TryParse(text, out value) || (value = text == "1") || text == "0") ?? false;
        var verdict = ReadVerdict(isCell: technique is not null && mode is not null);
        var most = isTax ? double.MaxValue : 1;
        var rating = new Rating(
            Text("organisation") ?? "", Text("rater") ?? "", verdict, Number("best", most), Number("lower", most), Number("upper", most),
            Number("confidence", 1));
        if (!withdrawn && verdict is null && Text("best") is null && Text("verdict") is null)
            Refuse("best", "nothing-stated", "verdict and best are empty; allowed: a verdict, a number in best, or both.");
        var round = Parse("round", "a round's number such as 1, or empty", (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value));
        var at = Parse("submitted_at", "an RFC 3339 time such as 2026-11-23T17:00:00Z, or empty", (string text, out DateTimeOffset value) =>
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value));
        return new OfflineRow(technique, mode, round ?? 1, at, withdrawn, rating);
    }

    private Verdict? ReadVerdict(bool isCell)
    {
        if (Text("verdict") is not { } text)
            return null;
        if (!isCell)
        {
            Refuse("verdict", "verdict-not-applicable", $"verdict is '{text}'; allowed: none, verdicts are for technique x failure mode.");
            return null;
        }

        return Parse("verdict", "resistant, uncertain or vulnerable", (string name, out Verdict value) =>
        {
            var known = Enum.GetValues<Verdict>().Where(verdict => Verdicts.Name(verdict) == name).ToArray();
            value = known.FirstOrDefault();
            return known.Length > 0;
        });
    }

    private double? Number(string column, double most)
    {
        var allowed = most < double.MaxValue ? $"a number from 0 to {most}" : "a number, 0 or more";
        return Parse(column, allowed, (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= 0 && value <= most);
    }

    private T? Parse<T>(string column, string allowed, Parser<T> parse)
        where T : struct
    {
        if (Text(column) is not { } text)
            return null;
        if (parse(text, out var value))
            return value;
        Refuse(column, "unreadable", $"{column} is '{text}'; allowed: {allowed}.");
        return null;
    }

    private string? Text(string column) => _csv.TryGetField<string>(column, out var text) && !string.IsNullOrEmpty(text) ? text : null;

    private void Refuse(string column, string code, string message) => _errors.Add(new ImportError(_row, column, code, message));
}
