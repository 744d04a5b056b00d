using System.Globalization;
using System.Text;
using System.Text.Json;
using AlignmentMesh.CheckpointSigning.Domain;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.CheckpointSigning.Service.SigningCheckpoints;

/// <summary>Looks at one study's ledger: signs it, refuses it, or sees a restore explained.</summary>
internal sealed partial class StudySigner(
    StateFolder states, CheckpointKey key, SigningMetrics metrics, TimeProvider clock, ILogger<StudySigner> log)
{
    private readonly Dictionary<string, string> _sent = [];

    /// <param name="head">What the ledger says it is; null when it is not listed any more.</param>
    public async Task LookAsync(string study, TreeHead? head, IntakeFeed feed, CancellationToken token)
    {
        var state = states.Of(study);
        try
        {
            head ??= await feed.HeadAsync(study, token);
            if (state.Refusal is not null) await LookForRestoreAsync(state, head, feed, token);
            else if (head is null)
                Refuse(state, null, RefusalReason.LedgerGone, $"{state.Kept.Size} entries were signed; now there are none.");
            else if (IsNews(state.Kept, head)) await JudgeAsync(state, head, feed, token);
        }
        catch (LedgerDamagedException damaged)
        {
            if (state.Refusal is null) Refuse(state, head, RefusalReason.EntriesMissing, damaged.Message);
        }

        await SendAsync(states.Of(study), feed, token);
    }

    private async Task JudgeAsync(SigningState state, TreeHead head, IntakeFeed feed, CancellationToken token)
    {
        var kept = state.Kept;
        var entries = await feed.EntriesAsync(kept.Study, kept.Size, head.Size, token);
        var hashes = entries.ConvertAll(LeafHashOf);
        var proof = kept.Size == 0 || head.Size <= kept.Size ? [] : await feed.ConsistencyAsync(kept.Study, kept.Size, head.Size, token);
        switch (new SignCheckpoint(head.Size, Hash(head.Root), hashes, [.. proof.Select(Hash)]).Decide(kept))
        {
            case Verdict.Holds holds:
                Sign(holds.After, hashes);
                break;
            case Verdict.Refused refused:
                Refuse(state, head, refused.Reason, $"{refused.What} {await DifferenceAsync(kept, head.Size, feed, token)}".TrimEnd());
                break;
        }
    }

    /// <summary>All of the ledger is read again: nothing that an explanation says is believed for what was signed.</summary>
    private async Task LookForRestoreAsync(SigningState state, TreeHead? head, IntakeFeed feed, CancellationToken token)
    {
        var kept = state.Kept;
        if (head is null || await feed.ConfirmedEpochAsync(kept.Study, token) <= kept.Epoch || head == state.Refusal!.Claimed) return;
        var entries = await feed.EntriesAsync(kept.Study, 0, head.Size, token);
        var hashes = entries.ConvertAll(LeafHashOf);
        switch (new AcceptRestore(states.LeafHashesOf(kept), hashes, Hash(head.Root), ConfirmedRestore.In(entries)).Decide(kept))
        {
            case Verdict.Holds holds:
                LogRestored(kept.Study, holds.After.Epoch, kept.Size, holds.After.Size);
                Sign(holds.After, hashes);
                break;
            case Verdict.Refused refused:
                Refuse(state, head, refused.Reason, refused.What);
                break;
        }
    }

    private void Sign(KeptLedger after, IReadOnlyList<byte[]> newLeafHashes)
    {
        states.Keep(new SigningState(after, key.Sign(after), Refusal: null), newLeafHashes);
        metrics.Signed();
    }

    private void Refuse(SigningState state, TreeHead? claimed, RefusalReason reason, string what)
    {
        states.Keep(
            state with { Refusal = new SigningRefusal(Slug(reason), what, Timestamps.Format(clock.GetUtcNow()), claimed) }, []);
        LogRefused(state.Kept.Study, Slug(reason), what);
    }

    private async Task SendAsync(SigningState state, IntakeFeed feed, CancellationToken token)
    {
        var study = state.Kept.Study;
        if (state.Refusal is not null || state.Note is not { } note || _sent.GetValueOrDefault(study) == note) return;
        await feed.SendAsync(study, note, token);
        _sent[study] = note;
    }

    /// <summary>Names the first entry that is not what was signed, where the ledger can still be read.</summary>
    private async Task<string> DifferenceAsync(KeptLedger kept, long size, IntakeFeed feed, CancellationToken token)
    {
        var own = states.LeafHashesOf(kept);
        var there = await feed.EntriesAsync(kept.Study, 0, Math.Min(size, kept.Size), token);
        var at = there.FindIndex(entry => !LeafHashOf(entry).AsSpan().SequenceEqual(own[(int)entry.Index]));
        return at < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"Entry {at} is not the one that was signed.");
    }

    private static bool IsNews(KeptLedger kept, TreeHead head) =>
        head.Size != kept.Size || (head.Size > 0 && Convert.ToHexStringLower(kept.Root) != head.Root);

    private static byte[] LeafHashOf(LedgerEntry entry) => Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Leaf));

    private static byte[] Hash(string hex) => Convert.FromHexString(hex);

    private static string Slug(RefusalReason reason) => JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString());

    [LoggerMessage(LogLevel.Critical, "Nothing of {Study} is signed any more ({Reason}): {What}")]
    private partial void LogRefused(string study, string reason, string what);

    [LoggerMessage(LogLevel.Warning, "Epoch {Epoch} of {Study} begins by a confirmed restore: {Before} entries were signed, {Now} are now")]
    private partial void LogRestored(string study, int epoch, long before, long now);
}
