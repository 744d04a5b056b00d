using System.Buffers.Binary;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace AlignmentMesh.Ledger;

/// <summary>A private key that signs notes. .NET has no Ed25519 of its own; BouncyCastle's is used (RFC 8032).</summary>
public sealed class NoteSigner
{
    private readonly byte[] _seed;

    /// <param name="name">Without spaces and plus signs.</param>
    /// <param name="seed">32 secret random bytes.</param>
    /// <exception cref="ArgumentException">A bad name, or not 32 bytes.</exception>
    public NoteSigner(string name, NoteAlgorithm algorithm, ReadOnlySpan<byte> seed)
    {
        if (!NoteName.IsValid(name)) throw new ArgumentException($"'{name}' has spaces or plus signs, or is empty.", nameof(name));
        if (seed.Length != Ed25519.SecretKeySize)
            throw new ArgumentException($"The seed has {seed.Length} bytes; allowed are {Ed25519.SecretKeySize}.", nameof(seed));
        _seed = seed.ToArray();
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(_seed, 0, key, 0);
        Key = new NoteKey(name, algorithm, key);
    }

    /// <summary>What verifies its signatures.</summary>
    public NoteKey Key { get; }

    /// <summary>Signs a text that ends in a newline.</summary>
    /// <param name="at">Part of a cosignature; a log's own signature has no time.</param>
    /// <exception cref="ArgumentException">The text does not end in a newline.</exception>
    public NoteSignature Sign(string text, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EndsWith('\n')) throw new ArgumentException("What is signed ends in a newline.", nameof(text));
        var seconds = (ulong)at.ToUnixTimeSeconds();
        var signed = NoteKey.SignedBytes(text, Key.Algorithm, seconds);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, signed, 0, signed.Length, signature, 0);
        if (Key.Algorithm == NoteAlgorithm.Ed25519) return new NoteSignature(Key.Name, Key.KeyId, signature);
        var timed = new byte[sizeof(ulong) + signature.Length];
        BinaryPrimitives.WriteUInt64BigEndian(timed, seconds);
        signature.CopyTo(timed, sizeof(ulong));
        return new NoteSignature(Key.Name, Key.KeyId, timed);
    }
}
