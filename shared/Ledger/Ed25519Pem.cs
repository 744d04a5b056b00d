using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace AlignmentMesh.Ledger;

/// <summary>
/// Ed25519 keys in PEM (RFC 8410), as <c>openssl genpkey -algorithm ed25519</c> and <c>openssl pkey -pubout</c> write them.
/// </summary>
public static class Ed25519Pem
{
    private const string PrivateLabel = "PRIVATE KEY";
    private const string PublicLabel = "PUBLIC KEY";

    // All that stands before the 32 bytes of a key is the same in every file: version, the object identifier 1.3.101.112, lengths.
    private static readonly byte[] PrivateStart = Convert.FromHexString("302e020100300506032b657004220420");
    private static readonly byte[] PublicStart = Convert.FromHexString("302a300506032b6570032100");

    /// <summary>The 32 secret bytes of a private key.</summary>
    /// <exception cref="FormatException">Another kind of key, or no PEM.</exception>
    public static byte[] Seed(string pem) => Read(pem, PrivateLabel, PrivateStart);

    /// <summary>The 32 bytes of a public key.</summary>
    /// <exception cref="FormatException">Another kind of key, or no PEM.</exception>
    public static byte[] PublicKey(string pem) => Read(pem, PublicLabel, PublicStart);

    /// <summary>A private key of 32 secret random bytes.</summary>
    public static string WritePrivate(ReadOnlySpan<byte> seed) => Write(PrivateLabel, PrivateStart, seed);

    /// <summary>The public key that belongs to 32 secret bytes.</summary>
    public static string WritePublic(ReadOnlySpan<byte> seed)
    {
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed.ToArray(), 0, key, 0);
        return Write(PublicLabel, PublicStart, key);
    }

    private static string Write(string label, byte[] start, ReadOnlySpan<byte> key) =>
        PemEncoding.WriteString(label, [.. start, .. key]) + "\n";

    private static byte[] Read(string pem, string label, byte[] start)
    {
        ArgumentNullException.ThrowIfNull(pem);
        if (!PemEncoding.TryFind(pem, out var fields) || !pem.AsSpan()[fields.Label].SequenceEqual(label))
            throw new FormatException($"No PEM block '{label}'.");
        var bytes = Convert.FromBase64String(pem[fields.Base64Data]);
        return bytes.Length == start.Length + Ed25519.SecretKeySize && bytes.AsSpan().StartsWith(start)
            ? bytes[start.Length..]
            : throw new FormatException($"The {label} is not Ed25519 as RFC 8410 writes it.");
    }
}
