using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>One rater, in the order in which sums are taken: organisation, then rater, both ordinal.</summary>
public readonly record struct RaterKey(string Organisation, string Rater) : IComparable<RaterKey>
{
    public int CompareTo(RaterKey other)
    {
        var byOrganisation = string.CompareOrdinal(Organisation, other.Organisation);
        return byOrganisation != 0 ? byOrganisation : string.CompareOrdinal(Rater, other.Rater);
    }

    public static bool operator <(RaterKey left, RaterKey right) => left.CompareTo(right) < 0;

    public static bool operator >(RaterKey left, RaterKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(RaterKey left, RaterKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RaterKey left, RaterKey right) => left.CompareTo(right) >= 0;
}

/// <summary>A rater's latest word on one quantity: a rating, or its withdrawal.</summary>
/// <param name="Item">What was said, or null when it was withdrawn.</param>
/// <param name="Rating">The same as numbers, or null when it was withdrawn.</param>
public sealed record Judgement(
    RaterKey By, string RaterKind, int Round, RatedItem? Item, Rating? Rating, long LedgerIndex, Guid EventId, string RecordedAt,
    string? TraceId)
{
    /// <summary>The item as numbers.</summary>
    /// <exception cref="FormatException">A number is not a ledger decimal, the verdict unknown, or neither was stated.</exception>
    internal static Rating ToRating(RaterKey by, RatedItem item)
    {
        var verdict = item.Verdict is { } name ? Verdicts.Parse(name) : (Verdict?)null;
        if (verdict is null && item.Best is null)
            throw new FormatException($"the item {item.Technique} x {item.FailureMode} states neither verdict nor best");
        return new(by.Organisation, by.Rater, verdict, Number(item.Best), Number(item.Lower), Number(item.Upper), Number(item.Confidence));
    }

    // At most 9 digits after the point: the quotient of two exact doubles, so the nearest double, as parsing would give.
    private static double? Number(string? text) => text is null ? null : (double)Decimals.Parse(text);
}

/// <summary>Why a rating is shown and not counted.</summary>
public static class NotCounted
{
    public const string Withdrawn = "withdrawn";

    public const string OrganisationRemoved = "organisation_removed";

    /// <summary>The kind of rater that is no person.</summary>
    public const string AiKind = "ai";

    /// <summary>Raters of the kind <c>ai</c> stay out of every published number and of every lens but <c>with-ai-raters</c>.</summary>
    public const string AiRater = "ai_rater";

    /// <summary>The technique or failure mode was redefined since.</summary>
    public const string Stale = "stale";
}
