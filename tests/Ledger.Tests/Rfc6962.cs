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
        var k = Split(leaves.Count);
        return SHA256.HashData([0x01, .. Mth([.. leaves.Take(k)]), .. Mth([.. leaves.Skip(k)])]);
    }

    /// <summary>PATH(m, D[n]) of section 2.1.1.</summary>
    public static byte[][] Path(int m, IReadOnlyList<byte[]> leaves)
    {
        if (leaves.Count == 1)
            return [];
        var k = Split(leaves.Count);
        return m < k
            ? [.. Path(m, [.. leaves.Take(k)]), Mth([.. leaves.Skip(k)])]
            : [.. Path(m - k, [.. leaves.Skip(k)]), Mth([.. leaves.Take(k)])];
    }

    /// <summary>PROOF(m, D[n]) of section 2.1.2.</summary>
    public static byte[][] Proof(int m, IReadOnlyList<byte[]> leaves) => SubProof(m, leaves, isWhole: true);

    private static byte[][] SubProof(int m, IReadOnlyList<byte[]> leaves, bool isWhole)
    {
        if (m == leaves.Count)
            return isWhole ? [] : [Mth(leaves)];
        var k = Split(leaves.Count);
        return m <= k
            ? [.. SubProof(m, [.. leaves.Take(k)], isWhole), Mth([.. leaves.Skip(k)])]
            : [.. SubProof(m - k, [.. leaves.Skip(k)], isWhole: false), Mth([.. leaves.Take(k)])];
    }

    private static int Split(int count)
    {
        var k = 1;
        while (k * 2 < count)
            k *= 2;
        return k;
    }
}
