using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Cells;

/// <summary>The ratings behind a cell with their way into it, one row each.</summary>
internal static class RatingTable
{
    public static FigureTable Of(Bound bound, CellLineage cell) => new(
        "Every released rating of the cell",
        [
            new("ledger_index", "Ledger entry", true), new("recorded_at", "Recorded"), new("organisation", "Organisation"),
            new("rater", "Rater"), new("rater_kind", "Kind"), new("round", "Round", true), new("verdict", "Verdict"),
            new("best", "Best", true), new("lower", "From", true), new("upper", "To", true), new("confidence", "Confidence", true),
            new("counted", "Counted"),
        ],
        [
            .. cell.Ratings.OrderByDescending(rating => rating.LedgerIndex).Select(rating => (IReadOnlyList<TableEntry>)
            [
                TableEntry.Of(rating.LedgerIndex), new TableEntry(rating.RecordedAt, Show.Time(rating.RecordedAt)),
                new TableEntry(rating.Organisation, OrganisationNames.Name(bound, rating.Organisation)), TableEntry.Of(rating.Rater),
                TableEntry.Of(rating.RaterKind), TableEntry.Of(rating.Round), TableEntry.Of(rating.Verdict), TableEntry.Of(rating.Best),
                TableEntry.Of(rating.Lower), TableEntry.Of(rating.Upper), TableEntry.Of(rating.Confidence),
                new TableEntry(rating.Counted ? "yes" : rating.NotCountedBecause, Counted(rating)),
            ]),
        ]);

    /// <summary>What a rater said, e.g. <c>0.55 (0.41 to 0.59)</c> or <c>vulnerable</c>.</summary>
    public static string Judgement(RatingLineage rating)
    {
        var interval = rating is { Lower: { } low, Upper: { } high } ? $" ({low} to {high})" : "";
        return (rating.Best, rating.Verdict) switch
        {
            ({ } best, { } verdict) => $"{best}{interval}, {verdict}",
            ({ } best, null) => best + interval,
            (null, var verdict) => verdict ?? "–",
        };
    }

    public static string Counted(RatingLineage rating) => rating switch
    {
        { Counted: true } => "yes",
        { NotCountedBecause: "stale" } => "no: a definition changed since",
        { NotCountedBecause: "ai_rater" } => "no: an AI rater",
        { NotCountedBecause: { } because } => "no: " + because.Replace('_', ' '),
        _ => "no",
    };
}
