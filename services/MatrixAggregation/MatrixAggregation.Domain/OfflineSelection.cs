namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>One row of a ratings file: a file has no ledger, so rounds and the client's times have to order it.</summary>
/// <param name="SubmittedAt">RFC 3339 instant, or null: earlier than every stated one.</param>
/// <param name="Withdrawn">The row takes the rater's judgement of the quantity back.</param>
public sealed record OfflineRow(
    string? Technique, string? FailureMode, int Round, DateTimeOffset? SubmittedAt, bool Withdrawn, Rating Rating);

/// <summary>
/// ROHL-1 step 1 for files: per rater and quantity the row with the greatest (round, submitted at, place in the file), among
/// rows of rounds up to the one asked for. A withdrawal takes part like any row: when it is the latest, the quantity has no
/// rating, and earlier ratings do not revive; a later row rates anew. That is what the ledger does with the same history.
/// </summary>
public static class OfflineSelection
{
    /// <param name="rows">In file order.</param>
    /// <param name="round">The last round that counts, or null for all.</param>
    /// <returns>The live rows in file order.</returns>
    public static IReadOnlyList<OfflineRow> Latest(IReadOnlyList<OfflineRow> rows, int? round = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var latest = new Dictionary<(string, string, string?, string?), int>();
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.Round > (round ?? int.MaxValue))
                continue;
            var key = (row.Rating.Organisation, row.Rating.Rater, row.Technique, row.FailureMode);
            if (!latest.TryGetValue(key, out var other) || !Precedes(row, rows[other]))
                latest[key] = i;
        }

        return [.. latest.Values.Order().Select(i => rows[i]).Where(row => !row.Withdrawn)];
    }

    private static bool Precedes(OfflineRow row, OfflineRow other) =>
        row.Round != other.Round
            ? row.Round < other.Round
            : (row.SubmittedAt ?? DateTimeOffset.MinValue) < (other.SubmittedAt ?? DateTimeOffset.MinValue);
}
