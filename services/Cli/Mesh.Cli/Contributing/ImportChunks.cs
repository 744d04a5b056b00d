using System.Security.Cryptography;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;
using CsvHelper;

namespace AlignmentMesh.Mesh.Cli.Contributing;

/// <summary>Where a file goes and how.</summary>
internal sealed record ImportTarget(string Study, bool DryRun, bool Atomic);

/// <summary>A part of a file that one request carries.</summary>
/// <param name="Csv">The header and the rows, as they stand in the file.</param>
/// <param name="RowsBefore">Data rows of the file before it, by which row numbers of the answer are shifted.</param>
/// <param name="Key">Idempotency-Key; the same part of the same file always has the same one.</param>
internal sealed record ImportChunk(string Csv, int RowsBefore, int Rows, string Key);

internal static class ImportChunks
{
    /// <summary>The most rows that intake takes at once.</summary>
    public const int MostRows = 10_000;

    /// <summary>Small enough that a progress bar moves, large enough that requests do not matter.</summary>
    public const int RowsPerChunk = 250;

    /// <exception cref="CommandException">The file has no header, or is too long to be atomic.</exception>
    public static IReadOnlyList<ImportChunk> Of(string text, ImportTarget target)
    {
        var (header, records) = Split(text);
        if (target.Atomic && records.Count > MostRows)
            throw CommandException.BadData(
                $"The file has {records.Count} rows; allowed with --atomic: {MostRows}.",
                    "Leave --atomic out, or import the file in parts.");
        var file = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{target.Atomic}\n{text}")))[..32];
        var size = target.Atomic ? MostRows : RowsPerChunk;
        return
        [
            .. records.Chunk(size).Select((rows, number) =>
                new ImportChunk(header + string.Concat(rows), number * size, rows.Length, $"import-{file}-{number}")),
        ];
    }

    private static (string Header, IReadOnlyList<string> Records) Split(string text)
    {
        using var parser = new CsvParser(new StringReader(text), Offline.RatingsFile.Format);
        if (!parser.Read())
            throw CommandException.BadData(
                "The ratings file is empty.", $"Begin it with columns of {string.Join(',', RatingColumns.All)}");
        var (header, records) = (Ended(parser.RawRecord), new List<string>());
        while (parser.Read())
            records.Add(Ended(parser.RawRecord));
        return (header, records);
    }

    // The last row of a file may lack its line end.
    private static string Ended(string record) => record.EndsWith('\n') ? record : record + "\n";
}
