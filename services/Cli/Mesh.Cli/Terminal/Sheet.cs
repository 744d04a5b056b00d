using System.Globalization;
using CsvHelper;
using Spectre.Console;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>Rows and columns: a drawn table on a terminal, tab-separated lines in a pipe, RFC 4180 as CSV.</summary>
internal sealed class Sheet(params IReadOnlyList<string> columns)
{
    private const int WiderThanAnyTable = 1000;

    private readonly List<IReadOnlyList<string>> _rows = [];

    public string? Title { get; init; }

    public int Rows => _rows.Count;

    /// <summary>A row for each item, with the columns that are shown.</summary>
    public static Sheet Build<T>(string? title, IReadOnlyList<T> items, IReadOnlyList<Column<T>> columns)
    {
        var shown = columns.Where(column => column.Shown).ToArray();
        var sheet = new Sheet([.. shown.Select(column => column.Name)]) { Title = title };
        for (var row = 0; row < items.Count; row++)
            sheet.Add([.. shown.Select(column => column.Text(items[row], row))]);
        return sheet;
    }

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    public void Write(Shell shell)
    {
        if (shell.OutIsTerminal)
            Draw(shell.Screen);
        else
            WriteLines(shell.Out);
    }

    public void WriteCsv(TextWriter writer)
    {
        using var csv = new CsvWriter(writer, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var row in _rows.Prepend(columns))
        {
            foreach (var cell in row)
                csv.WriteField(cell);
            csv.NextRecord();
        }
    }

    private void Draw(IAnsiConsole console)
    {
        if (Title is not null)
            console.MarkupLineInterpolated($"[bold]{Title}[/]");
        // Numbers cut off or broken over lines are worse than lines that the terminal wraps.
        console.Profile.Width = WiderThanAnyTable;
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(column)) { Padding = new Padding(0, 0, 2, 0) });
        foreach (var row in _rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        console.Write(table);
    }

    private void WriteLines(TextWriter writer)
    {
        if (Title is not null)
            writer.WriteLine($"# {Title}");
        foreach (var row in _rows.Prepend(columns))
            writer.WriteLine(string.Join('\t', row.Select(OnOneLine)));
    }

    private static string OnOneLine(string cell) => cell.ReplaceLineEndings(" ").Replace('\t', ' ');
}

/// <param name="Text">Of an item and its place.</param>
/// <param name="Shown">False where it would say the same or nothing in every row.</param>
internal sealed record Column<T>(string Name, Func<T, int, string> Text, bool Shown = true);
