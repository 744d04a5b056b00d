using System.Globalization;
using System.Text;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;

/// <summary>A matrix as a tidy table: one row a cell, numbers in their shortest exact spelling, nothing where there is no number.</summary>
internal static class MatrixCsv
{
    public const string MediaType = "text/csv";

    private const string Header =
        "study,label,version,as_of,lens,technique,failure_mode,status,verdict,raters,organisations,stale,mean,sd,median,lower90,upper90," +
        "p_resistant,p_uncertain,p_vulnerable,tau";

    public static string Write(MatrixView view)
    {
        var csv = new StringBuilder(Header).Append("\r\n");
        foreach (var cell in view.Consensus) csv.AppendJoin(',', Row(view, cell).Select(Field)).Append("\r\n");
        return csv.ToString();
    }

    private static string?[] Row(MatrixView view, ConsensusCell cell) =>
    [
        view.Study, view.Label, Number(view.Version), view.AsOf, view.Lens, cell.Technique, cell.FailureMode, cell.Status, cell.Verdict,
        Number(cell.Raters), Number(cell.Organisations), Number(cell.Stale), Number(cell.Mean), Number(cell.Sd), Number(cell.Median),
        Number(cell.Lower90), Number(cell.Upper90), Number(cell.PResistant), Number(cell.PUncertain), Number(cell.PVulnerable),
        Number(cell.Tau),
    ];

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    // A spreadsheet takes a text that begins like this for a formula; no number in the table does.
    private static string? Field(string? value) => value switch
    {
        null => null,
        ['=' or '+' or '-' or '@' or '\t', ..] => Quoted("'" + value),
        _ => value.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? Quoted(value) : value,
    };

    private static string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
