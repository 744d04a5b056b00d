using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>Turns a submission or withdrawal into what it says about each quantity.</summary>
internal static class JudgementReader
{
    // RatingsWithdrawn does not carry the kind; the rating that it withdraws does.
    private const string UnstatedKind = "human";

    /// <exception cref="InvalidDataException">No organisation or rater, or an item that cannot be read.</exception>
    public static IEnumerable<(Quantity Quantity, Judgement Judgement)> Read(FoldEntry entry, object data)
    {
        if (entry.Envelope is not { Organisation: { } organisation, Rater: { } rater } envelope)
            throw new InvalidDataException($"entry {entry.Index} is a rating without organisation or rater");
        var by = new RaterKey(organisation, rater);
        return data switch
        {
            RatingsSubmitted submitted => submitted.Items.Select(item =>
                (new Quantity(item.Technique, item.FailureMode), Of(entry, envelope, by, submitted.RaterKind, submitted.Round, item))),
            RatingsWithdrawn withdrawn => withdrawn.Items.Select(item =>
                (new Quantity(item.Technique, item.FailureMode), Of(entry, envelope, by, UnstatedKind, withdrawn.Round, item: null))),
            _ => [],
        };
    }

    private static Judgement Of(FoldEntry entry, Envelope envelope, RaterKey by, string raterKind, int round, RatedItem? item)
    {
        try
        {
            return new(
                by, raterKind, round, item, item is null ? null : Judgement.ToRating(by, item), entry.Index, entry.EventId,
                envelope.RecordedAt, entry.TraceId);
        }
        catch (FormatException unreadable)
        {
            throw new InvalidDataException($"entry {entry.Index}: {unreadable.Message}", unreadable);
        }
    }
}
