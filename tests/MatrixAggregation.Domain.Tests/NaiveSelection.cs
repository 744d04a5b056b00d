using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

/// <summary>The rules for what counts, read off the whole ledger at once: the slow oracle of the fold.</summary>
internal static class NaiveSelection
{
    public static Rating[] Counted(LedgerScript script, int size, Quantity quantity)
    {
        var entries = script.Entries.Take(size).Index().ToArray();
        var raters = entries.Where(pair => pair.Item.Rater is not null)
            .Select(pair => (pair.Item.Organisation, pair.Item.Rater))
            .Distinct();
        return Rating.InOrder(raters.Select(by => Latest(entries, by, quantity)).OfType<Rating>());
    }

    private static Rating? Latest(
        (int Index, Written Item)[] entries, (string? Organisation, string? Rater) by, Quantity quantity)
    {
        var closed = entries.Where(pair => pair.Item.Event is RoundClosed).Select(pair => pair.Item.Round).ToHashSet();
        var released = entries.Where(pair => !pair.Item.IsBlind || closed.Contains(pair.Item.Round));
        var (index, last) = released.LastOrDefault(pair =>
            (pair.Item.Organisation, pair.Item.Rater) == by && pair.Item.Quantities.Contains(quantity));
        if (last?.Event is not RatingsSubmitted submitted)
            return null;
        if (entries.Any(later => later.Index > index && Ends(later.Item.Event, by, quantity)))
            return null;
        var item = submitted.Items.Last(item => new Quantity(item.Technique, item.FailureMode) == quantity);
        return Judgement.ToRating(new(by.Organisation!, by.Rater!), item);
    }

    private static bool Ends(object later, (string? Organisation, string? Rater) by, Quantity quantity) => later switch
    {
        OrganisationRemoved removed => removed.Organisation == by.Organisation,
        CatalogueChanged { Material: true, Kind: "technique" } changed => changed.Id == quantity.Technique,
        CatalogueChanged { Material: true } changed => changed.Id == quantity.FailureMode,
        _ => false,
    };
}
