using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>An item with the salted hashes of its free texts, made at the edge: the ledger never holds the texts.</summary>
public sealed record HashedItem(RatingItem Item, string? RationaleHash, IReadOnlyList<string?> TitleHashes);

/// <summary>One rater's judgements, accepted as one event or refused as a whole.</summary>
public sealed record SubmitRatings(string Organisation, string RaterKind, int? Round, IReadOnlyList<HashedItem> Items)
{
    /// <summary>Items of one request.</summary>
    public const int MostItems = RatingWindow.MostItems;

    public Decision Decide(Study study, Assessment assessment)
    {
        var refusals = Check(study).Take(Refusal.Most).ToArray();
        if (refusals.Length > 0) return Decision.Refuse(refusals);
        var round = study.OpenRound!;
        var changed = Items.Select(ToRated).Where(item => !IsOnRecord(assessment, round.Round, item)).ToArray();
        if (changed.Length == 0) return Decision.Nothing;
        return Decision.Accept(
            new RatingsSubmitted(round.Round, round.Mode == RoundMode.Blind, assessment.RaterKind ?? RaterKind, changed));
    }

    private IEnumerable<Refusal> Check(Study study)
    {
        foreach (var refusal in RatingWindow.Check(study, Organisation, Round, Items.Count)) yield return refusal;
        var seen = new HashSet<Quantity>();
        for (var i = 0; i < Math.Min(Items.Count, RatingWindow.MostItems); i++)
        {
            var (item, where) = (Items[i].Item, $"items[{i}]");
            var quantity = new Quantity(item.Technique, item.FailureMode);
            foreach (var refusal in RatingWindow.CheckQuantity(study, quantity, where)) yield return refusal;
            foreach (var refusal in ItemChecks.Check(item, quantity, where)) yield return refusal;
            if (!seen.Add(quantity))
                yield return Refusal.Of(
                    RefusalReason.DuplicateItem, "technique", $"{item.Technique} x {item.FailureMode}", "each quantity once a request", where);
        }
    }

    private static bool IsOnRecord(Assessment assessment, int round, RatedItem item) =>
        assessment.Latest.TryGetValue(new Quantity(item.Technique, item.FailureMode), out var known)
        && known.Round == round && known.Item is { } there && IsSame(there, item);

    private static bool IsSame(RatedItem a, RatedItem b) =>
        a with { Evidence = null } == b with { Evidence = null } && (a.Evidence ?? []).SequenceEqual(b.Evidence ?? []);

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
