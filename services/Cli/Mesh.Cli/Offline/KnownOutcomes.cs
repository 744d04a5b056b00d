using System.Globalization;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Terminal;
using CsvHelper;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>
/// Claims whose outcome is known, as aggreCAT's example data states them (percent, groups, two rounds). The files are not part of
/// the project: <c>aggrecat_sips_ratings.csv</c> with round, paper_id, user_name, group, lower, best, upper, and
/// <c>aggrecat_sips_outcomes.csv</c> with paper_id, outcome (1 or 0).
/// </summary>
internal static class KnownOutcomes
{
    private const string Ratings = "aggrecat_sips_ratings.csv";
    private const string Outcomes = "aggrecat_sips_outcomes.csv";
    private const string LastRound = "round_2";

    /// <returns>The claims in the order in which the ratings first name them: the last round's ratings in pooling order.</returns>
    /// <exception cref="CommandException">A file cannot be read or lacks a number; a claim has no outcome.</exception>
    public static async Task<IReadOnlyList<(Rating[] Ratings, bool Happened)>> ReadAsync(
        Shell shell, string folder, CancellationToken ct)
    {
        var outcomes = Read(await TextAsync(Outcomes), Outcomes, row => (row["paper_id"]!, row["outcome"] == "1"))
            .ToDictionary(pair => pair.Item1, pair => pair.Item2);
        var ratings = Read(await TextAsync(Ratings), Ratings, row => (Round: row["round"]!, Claim: row["paper_id"]!, Rating: new Rating(
            row["group"]!, row["user_name"]!, null, Share(row["best"]!), Share(row["lower"]!), Share(row["upper"]!))));
        return
        [
            .. from rating in ratings
               where rating.Round == LastRound
               group rating.Rating by rating.Claim into claim
               select (Rating.InOrder(claim), outcomes.TryGetValue(claim.Key, out var happened)
                   ? happened
                   : throw CommandException.BadData($"{Outcomes} has no outcome of claim {claim.Key}.")),
        ];

        Task<string> TextAsync(string file) => InputFile.ReadAsync(shell, Path.Combine(folder, file), ct);
    }

    private static List<T> Read<T>(string text, string file, Func<CsvReader, T> select)
    {
        using var csv = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        List<T> rows = [];
        try
        {
            csv.Read();
            csv.ReadHeader();
            while (csv.Read())
                rows.Add(select(csv));
        }
        catch (Exception e) when (e is CsvHelperException or FormatException)
        {
            throw CommandException.BadData($"{file} is not as expected at row {csv.Parser.Row}.", "mesh aggregate evaluate --help", e);
        }

        return rows;
    }

    private static double Share(string percent) => double.Parse(percent, NumberStyles.Float, CultureInfo.InvariantCulture) / 100;
}
