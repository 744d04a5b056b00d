using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace AlignmentMesh.Ledger;

/// <summary>What a key signs in a note.</summary>
public enum NoteAlgorithm
{
    /// <summary>The text: C2SP signed-note, type 0x01.</summary>
    Ed25519 = 0x01,

    /// <summary>A time and the text: C2SP tlog-cosignature v1, type 0x04, by a witness.</summary>
    CosignatureV1 = 0x04,
}

/// <summary>A public key that verifies notes, in the "vkey" spelling of C2SP signed-note.</summary>
/// <param name="Name">Without spaces and plus signs.</param>
/// <param name="PublicKey">32 bytes.</param>
public sealed record NoteKey(string Name, NoteAlgorithm Algorithm, ReadOnlyMemory<byte> PublicKey)
{
    private const int TimeSize = 8;

    /// <summary>First 4 bytes of SHA-256(name || 0x0A || algorithm || public key), big-endian.</summary>
    public uint KeyId { get; } = BinaryPrimitives.ReadUInt32BigEndian(
        SHA256.HashData([.. Encoding.UTF8.GetBytes(Name), (byte)'\n', (byte)Algorithm, .. PublicKey.Span]));

    /// <exception cref="FormatException">Not "name+hex id+base64(algorithm || public key)", or of an algorithm unknown here.</exception>
    public static NoteKey Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        // Base64 may contain a plus sign of its own.
        if (key.Split('+', 3) is not [var name, var id, var encoded] || !NoteName.IsValid(name))
            throw new FormatException("The key is not name+id+base64.");
        var bytes = StrictBase64.Decode(encoded);
        if (bytes.Length != 1 + Ed25519.PublicKeySize || !Enum.IsDefined((NoteAlgorithm)bytes[0]))
            throw new FormatException("The key is neither Ed25519 (type 1) nor a cosignature key (type 4) of 32 bytes.");
        var read = new NoteKey(name, (NoteAlgorithm)bytes[0], bytes.AsMemory(1));
        return read.Id == id ? read : throw new FormatException($"The key's id is {id}; its bytes have {read.Id}.");
    }

    /// <summary>The "vkey".</summary>
    public override string ToString() => $"{Name}+{Id}+{Convert.ToBase64String([(byte)Algorithm, .. PublicKey.Span])}";

    /// <summary>Whether the key signed the note: false where it bears no signature of this key.</summary>
    /// <exception cref="FormatException">A signature that bears the key's name and id is not by it: the note is a forgery.</exception>
    public bool HasSigned(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var own = note.Signatures.Where(signature => signature.Name == Name && signature.KeyId == KeyId).ToArray();
        if (own.Any(signature => !Verify(note.Text, signature.Bytes.Span)))
            throw new FormatException($"The note bears a signature of {Name} that is not by its key.");
        return own.Length > 0;
    }

    /// <summary>When the witness says it cosigned; null for other keys and where it did not.</summary>
    /// <exception cref="FormatException">As <see cref="HasSigned"/>.</exception>
    public DateTimeOffset? CosignedAt(SignedNote note)
    {
        if (Algorithm != NoteAlgorithm.CosignatureV1 || !HasSigned(note)) return null;
        var signature = note.Signatures.First(one => one.Name == Name && one.KeyId == KeyId);
        var seconds = BinaryPrimitives.ReadUInt64BigEndian(signature.Bytes.Span);
        return seconds <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : throw new FormatException($"{Name} cosigned at {seconds} s, after the year 9999.");
    }

    /// <summary>What a key of an algorithm signs; a time only for cosignatures.</summary>
    internal static byte[] SignedBytes(string text, NoteAlgorithm algorithm, ulong seconds) => Encoding.UTF8.GetBytes(
        algorithm == NoteAlgorithm.Ed25519
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}"));

    internal string Id => KeyId.ToString("x8", CultureInfo.InvariantCulture);

    private bool Verify(string text, ReadOnlySpan<byte> signature)
    {
        var hasTime = Algorithm == NoteAlgorithm.CosignatureV1;
        if (signature.Length != Ed25519.SignatureSize + (hasTime ? TimeSize : 0)) return false;
        var signed = SignedBytes(text, Algorithm, hasTime ? BinaryPrimitives.ReadUInt64BigEndian(signature) : 0);
        return Ed25519.Verify(signature[(hasTime ? TimeSize : 0)..].ToArray(), 0, PublicKey.ToArray(), 0, signed, 0, signed.Length);
    }
}
