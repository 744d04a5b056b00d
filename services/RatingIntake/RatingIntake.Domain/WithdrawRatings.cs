using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Takes ratings back: the quantities have none of this rater any more, and earlier ones do not revive.</summary>
public sealed record WithdrawRatings(string Organisation, int? Round, IReadOnlyList<WithdrawnItem> Items)
{
    public Decision Decide(Study study, Assessment assessment)
    {
        var refusals = Check(study, assessment).Take(Refusal.Most).ToArray();
        if (refusals.Length > 0) return Decision.Refuse(refusals);
        var round = study.OpenRound!;
        var live = Items.Distinct().Where(item => IsLive(study, assessment.Latest[Of(item)])).ToArray();
        return live.Length == 0
            ? Decision.Nothing
            : Decision.Accept(new RatingsWithdrawn(round.Round, round.Mode == RoundMode.Blind, live));
    }

    private IEnumerable<Refusal> Check(Study study, Assessment assessment)
    {
        foreach (var refusal in RatingWindow.Check(study, Organisation, Round, Items.Count)) yield return refusal;
        for (var i = 0; i < Math.Min(Items.Count, RatingWindow.MostItems); i++)
        {
            var quantity = Of(Items[i]);
            var unknown = RatingWindow.CheckQuantity(study, quantity, $"items[{i}]").ToArray();
            foreach (var refusal in unknown) yield return refusal;
            if (unknown.Length == 0 && !assessment.Latest.ContainsKey(quantity))
                yield return Refusal.Of(
                    RefusalReason.NothingToWithdraw, "technique", $"{quantity.Technique} x {quantity.FailureMode}",
                    "a quantity that you have rated", $"items[{i}]");
        }
    }

    /// <summary>Neither withdrawn nor ended by the organisation's removal. A stale rating still shows, so it can be withdrawn.</summary>
    private bool IsLive(Study study, OnRecord record) =>
        record.Item is not null && record.StudyVersion >= study.AdmittedSince(Organisation);

    private static Quantity Of(WithdrawnItem? item) => new(item?.Technique, item?.FailureMode);
}
