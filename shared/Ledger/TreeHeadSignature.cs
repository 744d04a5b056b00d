using System.Security.Cryptography;
using System.Text.Json;

namespace AlignmentMesh.Ledger;

/// <summary>Signs what a ledger was at a size. Signed bytes: canonical JSON <c>{"root":hex,"size":n,"study":id}</c>.</summary>
public static class TreeHeadSignature
{
    private sealed record Head(string Root, long Size, string Study);

    /// <summary>Base64 of the ECDSA signature over SHA-256 (64 bytes r || s for P-256).</summary>
    public static string Sign(ECDsa key, string study, long size, string rootHex) =>
        Convert.ToBase64String(key.SignData(SignedBytes(study, size, rootHex), HashAlgorithmName.SHA256));

    /// <summary>True only when the key's owner signed exactly this head; false on any malformed signature.</summary>
    public static bool Verify(ECDsa key, string study, long size, string rootHex, string signatureBase64)
    {
        var signature = new byte[signatureBase64.Length];
        return Convert.TryFromBase64String(signatureBase64, signature, out var length)
            && key.VerifyData(SignedBytes(study, size, rootHex), signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    /// <exception cref="JsonException">A text is not well-formed Unicode.</exception>
    private static byte[] SignedBytes(string study, long size, string rootHex) =>
        CanonicalJson.Serialize(new Head(rootHex, size, study), LedgerJson.Options);
}
