using System.Security.Cryptography;
using System.Text;

namespace AlignmentMesh.Ledger;

/// <summary>
/// Binds to a content without showing it: HMAC-SHA256 under a random 32-byte salt. A plain hash would not hide a rating,
/// since a handful of plausible values can be tried in no time.
/// </summary>
public static class Commitment
{
    /// <summary>Bytes of a salt.</summary>
    public const int SaltSize = 32;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>HMAC-SHA256(salt, envelope), 32 bytes.</summary>
    /// <exception cref="ArgumentException">The salt is not 32 bytes.</exception>
    public static byte[] Of(ReadOnlySpan<byte> salt32, ReadOnlySpan<byte> envelope) =>
        salt32.Length == SaltSize
            ? HMACSHA256.HashData(salt32, envelope)
            : throw new ArgumentException($"The salt has {salt32.Length} bytes; allowed are exactly {SaltSize}.", nameof(salt32));

    /// <summary>Lower-case hex of HMAC-SHA256(salt, UTF-8 of the text).</summary>
    /// <exception cref="ArgumentException">The salt is not 32 bytes, or the text holds a lone surrogate.</exception>
    public static string HashText(ReadOnlySpan<byte> salt32, string text) =>
        Convert.ToHexStringLower(Of(salt32, StrictUtf8.GetBytes(text)));
}
