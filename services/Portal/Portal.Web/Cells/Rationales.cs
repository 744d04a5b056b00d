using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Reading;

namespace AlignmentMesh.Portal.Web.Cells;

/// <summary>What some of a cell's raters gave as their reasons, the newest first.</summary>
/// <param name="Texts">Of these ratings; missing when rating-intake does not give them.</param>
/// <param name="Before">Where the next ones begin; null when these are the last.</param>
public sealed record Rationales(IReadOnlyList<RatingLineage> Ratings, int All, Answer<QuantityRationales> Texts, long? Before)
{
    /// <summary>No more than these on one page, so that a page has a size.</summary>
    public const int Most = 20;

    /// <param name="before">Only what was given before that ledger index.</param>
    /// <returns>Null when nobody gave reasons.</returns>
    internal static async Task<Rationales?> ReadAsync(IntakeClient intake, CellLineage cell, long? before, CancellationToken token)
    {
        var all = cell.Ratings.Where(rating => rating.RationaleHash is not null || rating.Evidence is { Count: > 0 })
            .OrderByDescending(rating => rating.LedgerIndex).ToArray();
        var shown = all.Where(rating => before is null || rating.LedgerIndex < before).Take(Most).ToArray();
        if (shown.Length == 0) return null;
        var texts = await intake.RationalesAsync(
            cell.Study, cell.Technique, cell.FailureMode, shown.Select(rating => rating.LedgerIndex), token);
        return new(shown, all.Length, texts, shown[^1].LedgerIndex > all[^1].LedgerIndex ? shown[^1].LedgerIndex : null);
    }

    /// <summary>The text of a hash; null when it is not there.</summary>
    public string? Text(string? hash) => Texts.Value?.Texts.FirstOrDefault(text => text.Hash == hash)?.Text;

    /// <summary>The event that says why a text was erased.</summary>
    public Guid? Erased(string? hash) => Texts.Value?.Erased?.FirstOrDefault(text => text.Hash == hash)?.EventId;
}
