namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>Did you mean ...?</summary>
internal static class CloseMatch
{
    private const int MostEdits = 2;

    /// <summary>The candidates nearest to what was typed, nearest first, none when all are far off.</summary>
    public static IReadOnlyList<string> Of(string typed, IEnumerable<string> candidates) =>
    [
        .. candidates.Distinct()
            .Select(candidate => (Name: candidate, Distance: Distance(typed.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(match => match.Distance <= MostEdits && match.Distance < Math.Max(typed.Length, 2)
                || (typed.Length > 2 && match.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(match => match.Distance).ThenBy(match => match.Name, StringComparer.Ordinal).Select(match => match.Name).Take(3),
    ];

    /// <summary>"Did you mean 'a' or 'b'?", or null.</summary>
    public static string? Question(string typed, IEnumerable<string> candidates) => Of(typed, candidates) switch
    {
        [] => null,
        var close => $"Did you mean {string.Join(" or ", close.Select(name => $"'{name}'"))}?",
    };

    // Levenshtein, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[b.Length];
    }
}
