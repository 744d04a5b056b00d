using System.Globalization;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Words;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.Portal.Web.Figures;

/// <summary>The numbers of a figure as a table: on the page, as CSV and as JSON.</summary>
public sealed record FigureTable(string Caption, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<TableEntry>> Rows)
{
    /// <summary>RFC 4180, exact numbers, each row with what it belongs to.</summary>
    public string ToCsv(Figure figure)
    {
        var matrix = figure.Bound.Matrix!;
        string?[] caution = figure.Caution is { } said ? [said] : [];
        string?[] begin =
            [matrix.Study, figure.Bound.Label, Show.Count(matrix.Version), matrix.AsOf, figure.Lens, matrix.Digest, .. caution];
        var csv = new StringBuilder("study,label,version,as_of,lens,digest,").Append(caution.Length == 0 ? "" : "caution,")
            .AppendJoin(',', Columns.Select(column => column.Id)).Append("\r\n");
        foreach (var row in Rows)
            csv.AppendJoin(',', begin.Select(Csv.Text).Concat(row.Select(entry => entry.ToCsv()))).Append("\r\n");
        return csv.ToString();
    }

    public byte[] ToJson(Figure figure)
    {
        var matrix = figure.Bound.Matrix!;
        return JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, object?>
            {
                ["figure"] = figure.Name,
                ["title"] = figure.Title,
                ["reads"] = figure.Reads,
                ["caution"] = figure.Caution,
                ["study"] = matrix.Study,
                ["label"] = figure.Bound.Label,
                ["version"] = matrix.Version,
                ["asOf"] = matrix.AsOf,
                ["lens"] = figure.Lens,
                ["digest"] = matrix.Digest,
                ["columns"] = Columns.Select(column => column.Id),
                ["rows"] = Rows.Select(row => row.Select(entry => entry.Raw)),
            },
            ContractJson.Options);
    }
}

/// <param name="Id">Name in files, <c>snake_case</c>.</param>
public sealed record TableColumn(string Id, string Name, bool IsNumber = false);

/// <summary>One entry: what it is, and how it is shown.</summary>
/// <param name="Raw">A text, a number or null.</param>
public sealed record TableEntry(object? Raw, string Shown, string? Href = null)
{
    public static TableEntry Of(string? text, string? href = null) => new(text, text ?? "–", href);

    public static TableEntry Of(long number) => new(number, Show.Count(number));

    public static TableEntry Percent(double? value) => new(value, Show.Percent(value));

    internal string ToCsv() => Raw switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        long number => Show.Count(number),
        var other => Csv.Text(other.ToString()),
    };
}
