using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>
/// An item with the salted hashes of its free texts, made at the edge: the ledger never holds the texts. A text that is on
/// record already keeps its salt, so that repeating it gives the same hash and no event.
/// </summary>
public sealed record HashedItem(RatingItem Item, string? RationaleHash, IReadOnlyList<string?> TitleHashes);

/// <summary>One rater's judgements, accepted as one event or refused as a whole.</summary>
public sealed record SubmitRatings(string Organisation, string RaterKind, int? Round, IReadOnlyList<HashedItem> Items)
{
    /// <summary>Items of one request.</summary>
    public const int MostItems = RatingWindow.MostItems;

    public Decision Decide(Study study, Assessment assessment)
    {
        var refusals = Check(study, assessment).Take(Refusal.Most).ToArray();
        if (refusals.Length > 0) return Decision.Refuse(refusals);
        var round = study.OpenRound!;
        var changed = Items.Select(ToRated).Where(item => !IsOnRecord(study, assessment, item)).ToArray();
        if (changed.Length == 0) return Decision.Nothing;
        return Decision.Accept(
            new RatingsSubmitted(round.Round, round.Mode == RoundMode.Blind, assessment.RaterKind ?? RaterKind, changed, study.Version));
    }

    private IEnumerable<Refusal> Check(Study study, Assessment assessment)
    {
        foreach (var refusal in RatingWindow.Check(study, Organisation, Round, Items.Count)) yield return refusal;
        if ((assessment.RaterKind ?? RaterKind) is not (RaterKinds.Human or RaterKinds.Ai))
            yield return Refusal.Of(RefusalReason.KindUnknown, "raterKind", RaterKind, $"{RaterKinds.Human} or {RaterKinds.Ai}");
        var seen = new HashSet<Quantity>();
        for (var i = 0; i < Math.Min(Items.Count, RatingWindow.MostItems); i++)
        {
            var (item, where) = (Items[i].Item, $"items[{i}]");
            var quantity = new Quantity(item?.Technique, item?.FailureMode);
            foreach (var refusal in RatingWindow.CheckQuantity(study, quantity, where)) yield return refusal;
            if (item is null) continue;
            foreach (var refusal in ItemChecks.Check(item, quantity, where)) yield return refusal;
            if (!seen.Add(quantity))
            {
                yield return Refusal.Of(
                    RefusalReason.DuplicateItem, "technique", $"{item.Technique} x {item.FailureMode}", "each quantity once", where);
            }
        }
    }

    private bool IsOnRecord(Study study, Assessment assessment, RatedItem item)
    {
        var quantity = new Quantity(item.Technique, item.FailureMode);
        return assessment.Latest.TryGetValue(quantity, out var known)
            && known.Round == study.OpenRound!.Round && known.StudyVersion >= study.RatingsCountSince(Organisation, quantity)
            && known.Item is { } there && IsSame(there, item);
    }

    /// <summary>When a client claims to have judged is no part of the judgement: a retry may claim another time.</summary>
    private static bool IsSame(RatedItem a, RatedItem b) =>
        a with { Evidence = null, ClaimedAt = null } == b with { Evidence = null, ClaimedAt = null }
        && (a.Evidence ?? []).SequenceEqual(b.Evidence ?? []);

    private static RatedItem ToRated(HashedItem hashed)
    {
        var item = hashed.Item;
        var evidence = item.Evidence?.Select((link, i) => new EvidenceLink(link.Url, hashed.TitleHashes[i])).ToArray();
        return new RatedItem(
            item.Technique, item.FailureMode, item.Verdict, Text(item.Best), Text(item.Lower), Text(item.Upper), Text(item.Confidence),
            hashed.RationaleHash, evidence is { Length: > 0 } ? evidence : null,
            item.ClaimedAt is { } at ? Timestamps.Format(at) : null);
    }

    private static string? Text(decimal? value) => value is { } number ? Decimals.Format(number) : null;
}
