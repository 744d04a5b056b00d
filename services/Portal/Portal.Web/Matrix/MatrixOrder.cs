using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;

namespace AlignmentMesh.Portal.Web.Matrix;

/// <summary>In which order a matrix is drawn; by the values of the version, so that all its views agree.</summary>
/// <param name="Id">As in addresses.</param>
/// <param name="Reads">One sentence for who looks at the figure; null where it goes without saying.</param>
/// <param name="Arrange">Indexes of lines, each a row or a column with a number or none a cell, in the order to draw.</param>
public sealed record MatrixOrder(string Id, string Name, string? Reads, Func<IReadOnlyList<double?[]>, IEnumerable<int>> Arrange)
{
    public static MatrixOrder Catalogue { get; } = new("catalogue", "As in the catalogue", null, lines => Enumerable.Range(0, lines.Count));

    public static IReadOnlyList<MatrixOrder> All { get; } =
    [
        Catalogue,
        new("mean", "Most vulnerable first", "Rows and columns with the highest mean come first.", ByMean),
        new("clustered", "Alike side by side", "Rows with alike numbers stand together, and so do columns.", SideBySide),
    ];

    /// <summary>What an address says of it; null where it need not.</summary>
    public string? Asked => this == Catalogue ? null : Id;

    /// <summary>Ids, as a refusal names them.</summary>
    public static string Allowed => string.Join(", ", All.Select(order => order.Id));

    /// <returns>Null where there is none of that name; the catalogue's where none is named.</returns>
    public static MatrixOrder? Find(string? id) => string.IsNullOrEmpty(id) ? Catalogue : All.FirstOrDefault(order => order.Id == id);

    /// <summary>A line for each technique, with its number for each failure mode.</summary>
    public static double?[][] RowsOf(MatrixView matrix) =>
        [.. matrix.Consensus.Select(cell => cell.Mean).Chunk(Math.Max(1, matrix.FailureModes.Count))];

    /// <summary>The heatmap, drawn in the catalogue's order, in this one.</summary>
    public Heatmap Of(Heatmap figure)
    {
        if (this == Catalogue) return figure;
        var values = RowsOf(figure.Bound.Matrix!);
        int[] rows = [.. Arrange(values)];
        int[] columns = [.. Arrange([.. figure.Columns.Select((_, column) => Array.ConvertAll(values, row => row[column]))])];
        return figure with
        {
            Reads = $"{figure.Reads} {Reads}",
            Rows = [.. rows.Select(row => figure.Rows[row])],
            Columns = [.. columns.Select(column => figure.Columns[column])],
            Cells = [.. rows.Select(row => columns.Select(column => figure.Cells[row][column]).ToArray())],
            Query = [.. figure.Query, ("order", Id)],
        };
    }

    private static IEnumerable<int> ByMean(IReadOnlyList<double?[]> lines) =>
        Enumerable.Range(0, lines.Count).OrderByDescending(line => Mean(lines[line]));

    private static double Mean(double?[] line) => line.Average() ?? -1;

    /// <summary>
    /// Agglomerative clustering by average linkage on the mean absolute difference; two groups are joined where their ends are most
    /// alike, and the end with the higher mean comes first.
    /// </summary>
    public static IEnumerable<int> SideBySide(IReadOnlyList<double?[]> lines)
    {
        var apart = lines.Select(one => lines.Select(other => Apart(one, other)).ToArray()).ToArray();
        var groups = Enumerable.Range(0, lines.Count).Select(line => new[] { line }).ToList();
        while (groups.Count > 1)
        {
            var (first, second) = (
                from b in Enumerable.Range(1, groups.Count - 1)
                from a in Enumerable.Range(0, b)
                select (a, b)).MinBy(pair => groups[pair.a].Average(i => groups[pair.b].Average(j => apart[i][j])));
            groups[first] = Joined(groups[first], groups[second], apart);
            groups.RemoveAt(second);
        }

        var all = groups.SingleOrDefault([]);
        return all.Length > 0 && Mean(lines[all[^1]]) > Mean(lines[all[0]]) ? Enumerable.Reverse(all) : all;
    }

    private static int[] Joined(int[] a, int[] b, double[][] apart)
    {
        int[][] ways = [[.. a, .. b], [.. a, .. Enumerable.Reverse(b)], [.. Enumerable.Reverse(a), .. b], [.. b, .. a]];
        return ways.MinBy(way => way.Zip(way.Skip(1), (i, j) => apart[i][j]).Sum())!;
    }

    /// <summary>Between lines that share no rated cell as far as can be.</summary>
    private static double Apart(double?[] one, double?[] other) =>
        one.Zip(other, (x, y) => x - y).Average(difference => difference is { } known ? Math.Abs(known) : null as double?) ?? 1;
}
