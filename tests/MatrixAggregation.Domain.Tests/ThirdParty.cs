namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

/// <summary>Data of others, read where a checkout of it stands beside the project and never part of it.</summary>
internal static class ThirdParty
{
    /// <summary>The 25 known-outcome claims of aggreCAT: five groups of five experts, two rounds.</summary>
    /// <returns>The ratings of a round by claim, in the order of the file, each in pooling order.</returns>
    public static IReadOnlyList<(string Claim, Rating[] Ratings)> Sips(int round) =>
    [
        .. from line in Lines("data/aggrecat_sips_ratings.csv")
           where line[0] == $"round_{round}"
           let rating = new Rating(line[3], line[2], null, Percent(line[5]), Percent(line[4]), Percent(line[6]))
           group rating by line[1] into claim
           select (claim.Key, Rating.InOrder(claim)),
    ];

    /// <summary>The lines of a CSV file after its header. Skips the test when the file is not there.</summary>
    public static IEnumerable<string[]> Lines(string file)
    {
        var path = Above(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, "shared", file)).FirstOrDefault(File.Exists);
        Skip.If(path is null, $"Third-party data is not part of the project: no shared/{file} above the tests.");
        return File.ReadLines(path!).Skip(1).Select(line => line.Split(','));
    }

    public static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static double Percent(string text) => Number(text) / 100;

    private static IEnumerable<string> Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }
}
