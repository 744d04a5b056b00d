using System.Globalization;
using System.Text;
using AlignmentMesh.EndToEnd.Tests;

namespace AlignmentMesh.Benchmarks.Pipeline.Loading;

/// <summary>What one request carries: one rating, or a sheet of every cell of the paper's table.</summary>
internal sealed record Shape(string Name, int Ratings)
{
    private static readonly (string Technique, string Mode)[] Cells =
    [
        .. from technique in PaperTable.Catalogue.Techniques from mode in PaperTable.Catalogue.FailureModes select (technique.Id, mode.Id),
    ];

    public static Shape Single { get; } = new("single", 1);

    public static Shape Sheet { get; } = new("sheet", Cells.Length);

    /// <summary>The body of request <paramref name="number"/>: no two requests of a run state the same value of a cell.</summary>
    /// <param name="round">How often this rater has rated before; single ratings go through the cells.</param>
    public byte[] Body(long number, long round)
    {
        var json = new StringBuilder("{\"items\":[");
        for (var i = 0; i < Ratings; i++)
        {
            var (technique, mode) = Cells[(round + i) % Cells.Length];
            var best = (number * Ratings + i) % 999_999_998 + 1;
            json.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture,
                $"{{\"technique\":\"{technique}\",\"failureMode\":\"{mode}\",\"best\":0.{best:D9}}}");
        }

        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }
}
