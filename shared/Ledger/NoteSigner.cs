using System.Buffers.Binary;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace AlignmentMesh.Ledger;

/// <summary>A private key that signs notes. .NET has no Ed25519 of its own; BouncyCastle's is used (RFC 8032).</summary>
public sealed class NoteSigner
{
    private const string Prefix = "PRIVATE+KEY+";

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

    /// <summary>Reads what <see cref="ToSecretText"/> writes.</summary>
    /// <exception cref="FormatException">Not a private key, or one of an algorithm unknown here.</exception>
    public static NoteSigner Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split('+', 3) : [];
        if (parts is not [var name, var id, var encoded] || !NoteName.IsValid(name))
            throw new FormatException($"A private key is {Prefix}name+id+base64.");
        var bytes = StrictBase64.Decode(encoded);
        if (bytes.Length != 1 + Ed25519.SecretKeySize || !Enum.IsDefined((NoteAlgorithm)bytes[0]))
            throw new FormatException("The private key is neither Ed25519 (type 1) nor a cosignature key (type 4) of 32 bytes.");
        var read = new NoteSigner(name, (NoteAlgorithm)bytes[0], bytes.AsSpan(1));
        return read.Key.Id == id ? read : throw new FormatException($"The private key's id is {id}; its bytes have {read.Key.Id}.");
    }

    /// <summary>The private key as text, <c>PRIVATE+KEY+name+id+base64(algorithm || seed)</c>: a secret.</summary>
    public string ToSecretText() => $"{Prefix}{Key.Name}+{Key.Id}+{Convert.ToBase64String([(byte)Key.Algorithm, .. _seed])}";

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
