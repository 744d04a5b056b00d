using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>Ledger entries as rating-intake would feed them.</summary>
internal static class LedgerScene
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, Commitment.SaltSize).Select(i => (byte)i)];

    /// <summary>An entry whose leaf commits to what it says.</summary>
    public static LedgerEntry Entry(long index, object data, string? organisation = "org-a", string? rater = "r-1", int? round = 1)
    {
        var type = LedgerEventNames.Of(data.GetType());
        var envelope = new Envelope(
            Scene.Study, "assessment/scene/org-a/r-1", 1, type, 1, organisation, rater, round, "2026-11-23T16:00:00.000000Z",
            JsonSerializer.SerializeToElement(data, data.GetType(), ContractJson.Options)).ToBytes();
        return new LedgerEntry(
            index, LeafOf(Convert.ToHexStringLower(Commitment.Of(Salt, envelope))),
            new LedgerOpening(index, Convert.ToBase64String(Salt), Encoding.UTF8.GetString(envelope)),
            "00-4a36f1ab2c234b488ab751f480a4c168-1e6eb0862e0963bf-01");
    }

    public static LedgerEntry Sealed(long index) => new(index, LeafOf(new string('c', 64)), null, null);

    /// <summary>The same entry with other bytes than its leaf commits to.</summary>
    public static LedgerEntry Forged(LedgerEntry entry) => entry with { Leaf = LeafOf(new string('d', 64)) };

    public static LedgerPage Page(long from, params LedgerEntry[] entries) =>
        new(Scene.Study, from, entries, new TreeHead(Scene.Study, from + entries.Length, new string('a', 64), "c2lnbmVk"));

    public static RatingsSubmitted Ratings(params RatedItem[] items) => new(1, false, "human", items);

    private static string LeafOf(string commitment) =>
        Encoding.UTF8.GetString(new Leaf(Guid.Empty, commitment, "2026-11-23T16:00:01.000000Z").ToBytes());
}
