using System.Security.Cryptography;

namespace AlignmentMesh.Ledger;

/// <summary>
/// The hashes of RFC 6962 section 2.1. Leaves and nodes have different prefixes, so that no leaf can be passed off as a node.
/// </summary>
public static class Merkle
{
    /// <summary>Bytes of every hash.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>The root of no leaves: SHA-256 of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>SHA-256(0x00 || data).</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> data) => SHA256.HashData([0x00, .. data]);

    /// <summary>SHA-256(0x01 || left || right).</summary>
    /// <exception cref="ArgumentException">A hash is not 32 bytes.</exception>
    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != HashSize || right.Length != HashSize)
            throw new ArgumentException($"Hashes of {left.Length} and {right.Length} bytes; allowed are {HashSize} each.", nameof(left));
        Span<byte> node = stackalloc byte[1 + 2 * HashSize];
        node[0] = 0x01;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + HashSize)..]);
        return SHA256.HashData(node);
    }
}
