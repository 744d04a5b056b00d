namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Whether an organisation may change its ratings now, asked by submitting and withdrawing alike.</summary>
internal static class RatingWindow
{
    /// <summary>Items of one request.</summary>
    public const int MostItems = 500;

    public static IEnumerable<Refusal> Check(Study study, string organisation, int? round, int items)
    {
        foreach (var refusal in Checks.StillOpen(study)) yield return refusal;
        if (!study.IsAdmitted(organisation))
        {
            yield return Refusal.Of(
                RefusalReason.OrganisationNotAdmitted, "organisation", organisation, "an organisation admitted to the study");
        }

        if (study.OpenRound is not { } open)
            yield return Refusal.Of(RefusalReason.NoOpenRound, "round", round?.ToString(), "wait until the study's owner opens a round");
        else if (round is { } asked && asked != open.Round)
        {
            var reason = asked >= 1 && asked < open.Round ? RefusalReason.RoundClosed : RefusalReason.RoundMismatch;
            yield return Refusal.Of(reason, "round", $"{asked}", $"{open.Round}, the open round, or none");
        }

        if (items == 0) yield return Refusal.Of(RefusalReason.NoItems, "items", "[]", $"1..{MostItems} items");
        if (items > MostItems)
            yield return Refusal.Of(RefusalReason.TooManyItems, "items", $"{items} items", $"1..{MostItems} items; send the rest apart");
    }

    public static IEnumerable<Refusal> CheckQuantity(Study study, Quantity quantity, string where)
    {
        if (quantity is { Technique: null, FailureMode: null })
            yield return Refusal.Of(RefusalReason.NoQuantity, "technique", null, "technique, failureMode or both", where);
        if (quantity.Technique is { } technique && !study.HasTechnique(technique))
            yield return Refusal.Of(RefusalReason.UnknownTechnique, "technique", technique, Ids(study.Techniques), where);
        if (quantity.FailureMode is { } mode && !study.HasFailureMode(mode))
            yield return Refusal.Of(RefusalReason.UnknownFailureMode, "failureMode", mode, Ids(study.FailureModes), where);
    }

    private static string Ids(IEnumerable<Contracts.CatalogueItem> items) => "one of " + string.Join(", ", items.Select(item => item.Id));
}
