using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AlignmentMesh.Ledger;

/// <summary>
/// A random sample of a ledger's entries that anybody can draw again: from the root, so that it cannot be chosen before the ledger
/// is, and from a seed, so that the operator cannot know it before the auditor names it.
/// </summary>
public static class LedgerSample
{
    /// <summary>Id of the way of drawing.</summary>
    public const string Method = "hmac-sha256-rejection-1";

    /// <summary>
    /// Distinct indexes below the size, in the order in which they are drawn. Draw i = 0, 1, 2, ... is the big-endian number in the
    /// first 8 bytes of HMAC-SHA256(root, "alignmentmesh sample\n" seed "\n" i), all in UTF-8 and decimal. A draw of at least the
    /// largest multiple of the size below 2^64 is passed over, so that no index is likelier than another; otherwise its remainder
    /// by the size is the index, passed over where it was drawn before.
    /// </summary>
    /// <param name="root">32 bytes.</param>
    /// <param name="seed">Any text; the auditor's.</param>
    /// <param name="size">Entries there are, 1 or more.</param>
    /// <param name="count">Indexes to draw; all of them where the ledger has fewer.</param>
    public static IReadOnlyList<long> Draw(ReadOnlySpan<byte> root, string seed, long size, int count)
    {
        ArgumentNullException.ThrowIfNull(seed);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var (drawn, seen) = (new List<long>(), new HashSet<long>());
        var beyond = ulong.MaxValue - (ulong.MaxValue % (ulong)size + 1) % (ulong)size;
        for (long draw = 0; drawn.Count < Math.Min(count, size); draw++)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"alignmentmesh sample\n{seed}\n{draw}");
            var number = BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(root, Encoding.UTF8.GetBytes(message)));
            var index = (long)(number % (ulong)size);
            if (number <= beyond && seen.Add(index)) drawn.Add(index);
        }

        return drawn;
    }
}
