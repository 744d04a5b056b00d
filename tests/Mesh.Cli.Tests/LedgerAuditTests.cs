using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Demo;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class LedgerAuditTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_sound_ledger_passes()
    {
        var entries = Entries(3);
        LedgerAudit.Require(Head(entries), entries, _key);
        Assert.Equal(3, Head(entries).Size);
    }

    [Fact]
    public void A_gap_a_changed_content_a_wrong_root_and_a_strangers_signature_are_refused()
    {
        var entries = Entries(3);
        var head = Head(entries);
        Assert.Contains("bears the index 2", Refused(head, [entries[0], entries[2]]));
        var other = entries[1].Opening! with { Envelope = entries[1].Opening!.Envelope.Replace("\"r\"", "\"q\"") };
        var changed = entries[1] with { Opening = other };
        Assert.Contains("something else than it committed to", Refused(head, [entries[0], changed, entries[2]]));
        Assert.Contains("has no opening", Refused(head, [entries[0] with { Opening = null }, entries[1], entries[2]]));
        Assert.Contains("do not have the root", Refused(head with { Root = new string('0', 64) }, entries));
        Assert.Contains("its head says 3", Refused(head, entries[..2]));
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = head with { Signature = TreeHeadSignature.Sign(stranger, head.Study, head.Size, head.Root) };
        Assert.Contains("is not signed by intake", Refused(forged, entries));
    }

    private string Refused(TreeHead head, LedgerEntry[] entries) =>
        Assert.Throws<CommandException>(() => LedgerAudit.Require(head, entries, _key)).Message;

    private TreeHead Head(LedgerEntry[] entries)
    {
        var range = new CompactRange();
        foreach (var entry in entries)
            range.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Leaf)));
        var root = Convert.ToHexStringLower(range.Root());
        return new TreeHead("s", entries.Length, root, TreeHeadSignature.Sign(_key, "s", entries.Length, root));
    }

    private static LedgerEntry[] Entries(int count) => [.. Enumerable.Range(0, count).Select(Entry)];

    private static LedgerEntry Entry(int index)
    {
        var at = $"2026-11-23T17:00:0{index}.000000Z";
        var envelope = new Envelope(
            "s", "study/s", index + 1, "study-closed", 1, "o", "r", null, at,
            JsonDocument.Parse("""{"reason":"over"}""").RootElement).ToBytes();
        var salt = SHA256.HashData([(byte)index]);
        var id = new Guid(index + 1, 0, 0, new byte[8]);
        var leaf = new Leaf(id, Convert.ToHexStringLower(Commitment.Of(salt, envelope)), at).ToBytes();
        var opening = new LedgerOpening(index, Convert.ToBase64String(salt), Encoding.UTF8.GetString(envelope));
        return new LedgerEntry(index, Encoding.UTF8.GetString(leaf), opening, null);
    }
}
