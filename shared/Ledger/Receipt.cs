using System.Globalization;
using System.Text;

namespace AlignmentMesh.Ledger;

/// <summary>
/// The ledger's keeper promises, before an event has its entry, that it will have one within a time. One signed note promises a
/// batch of events: it holds the RFC 6962 root over them, and each event has its path to that root. So one signature serves many,
/// and no receipt lists the events of others.
/// </summary>
/// <param name="Log">Name of the installation.</param>
/// <param name="AcceptedAt">See <see cref="Timestamps"/>.</param>
/// <param name="MergeSeconds">Within so many seconds the events are in the ledger.</param>
/// <param name="Size">Events of the batch, at least 1.</param>
/// <param name="Root">32 bytes.</param>
public sealed record Receipt(string Log, string AcceptedAt, int MergeSeconds, long Size, ReadOnlyMemory<byte> Root)
{
    private const string Kind = "alignmentmesh-receipt/v1";

    /// <summary>The hash of an event as a receipt has it: of its study, id and commitment, one line each.</summary>
    /// <param name="commitment">64 hex digits.</param>
    public static byte[] LeafHash(string study, Guid eventId, string commitment) =>
        Merkle.LeafHash(Encoding.UTF8.GetBytes($"{study}\n{eventId:D}\n{commitment}\n"));

    /// <summary>The root over a batch and the path of each of its events, lowest hash first.</summary>
    public static (byte[] Root, IReadOnlyList<IReadOnlyList<byte[]>> Paths) Prove(IReadOnlyList<byte[]> leafHashes)
    {
        var tree = new CompactRange();
        var rows = leafHashes.Select(leafHash => tree.Append(leafHash)).ToArray();
        byte[] Node(NodeAddress node) => rows[node.Row][node.Offset..(node.Offset + Merkle.HashSize)];
        return (tree.Root(), [.. Enumerable.Range(0, rows.Length).Select(index =>
            (byte[][])[.. MerkleProof.Inclusion(index, rows.Length).Select(range => range.Root(Node))])]);
    }

    /// <summary>The promise that a note makes about an event.</summary>
    /// <param name="index">Of the event in the batch.</param>
    /// <param name="path">Hashes from the event up, 32 bytes each.</param>
    /// <exception cref="FormatException">The key has not signed it, it is no receipt, or the event is not in it.</exception>
    public static Receipt Verify(
        SignedNote note, NoteKey key, long index, IReadOnlyList<byte[]> path, string study, Guid eventId, string commitment)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(key);
        if (!key.HasSigned(note)) throw new FormatException($"The receipt bears no signature of {key.Name}.");
        var receipt = Parse(note.Text);
        return MerkleProof.VerifyInclusion(LeafHash(study, eventId, commitment), index, receipt.Size, path, receipt.Root.Span)
            ? receipt
            : throw new FormatException($"The receipt promises nothing about event {eventId} of study {study} with this commitment.");
    }

    /// <exception cref="FormatException">The text of a note is not a receipt.</exception>
    public static Receipt Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split('\n') is not [Kind, var log, var acceptedAt, var seconds, var size, var root, ""])
            throw new FormatException($"A receipt has the lines {Kind}, log, time, seconds, size and root.");
        Timestamps.Parse(acceptedAt);
        var hash = StrictBase64.Decode(root);
        var receipt = new Receipt(
            log, acceptedAt, int.Parse(seconds, NumberStyles.None, CultureInfo.InvariantCulture),
            long.Parse(size, NumberStyles.None, CultureInfo.InvariantCulture), hash);
        return hash.Length == Merkle.HashSize && receipt.ToString() == text
            ? receipt
            : throw new FormatException("The receipt is not in its one spelling.");
    }

    /// <summary>The text that is signed.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind}\n{Log}\n{AcceptedAt}\n{MergeSeconds}\n{Size}\n{Convert.ToBase64String(Root.Span)}\n");
}
