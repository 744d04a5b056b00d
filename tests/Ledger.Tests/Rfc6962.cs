using System.Security.Cryptography;

namespace AlignmentMesh.Ledger.Tests;

/// <summary>RFC 6962 section 2.1 word for word, slow on purpose: the oracle for everything that is faster.</summary>
internal static class Rfc6962
{
    /// <summary>
    /// MTH({}) = SHA-256(), MTH({d0}) = leaf hash, MTH(D[n]) = node(MTH(D[0:k]), MTH(D[k:n])), k the largest power of 2 below n.
    /// </summary>
    public static byte[] Mth(IReadOnlyList<byte[]> leaves)
    {
        if (leaves.Count == 0)
            return SHA256.HashData([]);
        if (leaves.Count == 1)
            return SHA256.HashData([0x00, .. leaves[0]]);
        var k = 1;
        while (k * 2 < leaves.Count)
            k *= 2;
        return SHA256.HashData([0x01, .. Mth([.. leaves.Take(k)]), .. Mth([.. leaves.Skip(k)])]);
    }
}
