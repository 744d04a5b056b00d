using System.Buffers;
using System.Text;

namespace AlignmentMesh.Ledger;

/// <summary>What the ledger's Merkle tree holds of one entry: enough to prove order, time and content, and to show nothing.</summary>
/// <param name="Commitment">64 lower-case hex digits.</param>
/// <param name="SequencedAt">When the entry got its index; see <see cref="Timestamps"/>. Never decreases along a ledger.</param>
public sealed record Leaf(Guid EventId, string Commitment, string SequencedAt)
{
    private const int FormatVersion = 1;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private sealed record Fields(string C, string Id, string T, int V);

    /// <summary>Canonical JSON <c>{"c":commitment,"id":event id,"t":sequenced at,"v":1}</c>.</summary>
    /// <exception cref="FormatException">The commitment is not 64 lower-case hex digits, or the time is not a ledger time.</exception>
    public byte[] ToBytes()
    {
        if (Commitment.Length != 64 || Commitment.AsSpan().ContainsAnyExcept(HexDigits))
            throw new FormatException($"The leaf's commitment '{Commitment}' is not 64 lower-case hex digits.");
        Timestamps.Parse(SequencedAt);
        return Encoding.ASCII.GetBytes($$"""{"c":"{{Commitment}}","id":"{{EventId:D}}","t":"{{SequencedAt}}","v":{{FormatVersion}}}""");
    }

    /// <summary>Reads exactly what <see cref="ToBytes"/> writes.</summary>
    /// <exception cref="FormatException">Any other bytes.</exception>
    public static Leaf Parse(ReadOnlySpan<byte> bytes)
    {
        var fields = LedgerJson.Read<Fields>(bytes, "leaf");
        if (!Guid.TryParseExact(fields.Id, "D", out var eventId))
            throw new FormatException($"The leaf's id '{fields.Id}' is not a UUID in lower case with hyphens.");
        var leaf = new Leaf(eventId, fields.C, fields.T);
        LedgerJson.RequireCanonical(bytes, leaf.ToBytes(), "leaf");
        return leaf;
    }
}
