using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Service.KeepingCheckpoints;
using Microsoft.Extensions.Options;

namespace AlignmentMesh.RatingIntake.Service.CommittingRatings;

/// <summary>
/// Signs what is accepted, once a transaction: a signature costs as much as deciding a request, so one for each would not be cheap.
/// </summary>
internal sealed class ReceiptPromises(NoteKeys keys, IOptions<LedgerOptions> options)
{
    /// <summary>The maximum merge delay.</summary>
    private const int MergeSeconds = 10;

    /// <summary>Adds to the receipts of one transaction, in place, the promise about each that has an event.</summary>
    public void AddTo(IReadOnlyList<List<RatingsReceipt>> answers, DateTimeOffset now)
    {
        var events = answers.SelectMany(
            receipts => Enumerable.Range(0, receipts.Count).Where(i => receipts[i].EventId is not null), (receipts, i) => (receipts, i))
            .ToArray();
        if (events.Length == 0) return;
        var (root, paths) = Receipt.Prove([.. events.Select(at => LeafHash(at.receipts[at.i]))]);
        var text = new Receipt(options.Value.LogName, Timestamps.Format(now), MergeSeconds, events.Length, root).ToString();
        var note = new SignedNote(text, [keys.Receipts.Sign(text, now)]).ToString();
        for (var index = 0; index < events.Length; index++)
        {
            var (receipts, i) = events[index];
            receipts[i] = receipts[i] with
            {
                Promise = new ReceiptPromise(note, index, [.. paths[index].Select(Convert.ToHexStringLower)]),
            };
        }
    }

    private static byte[] LeafHash(RatingsReceipt receipt) =>
        Receipt.LeafHash(receipt.Study, receipt.EventId!.Value, receipt.Commitment!);
}
