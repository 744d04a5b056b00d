using System.Buffers.Binary;

namespace AlignmentMesh.Ledger;

/// <summary>One signature line of a <see cref="SignedNote"/>.</summary>
/// <param name="Name">Of the key; not empty, without spaces and plus signs.</param>
/// <param name="KeyId">First 4 bytes of SHA-256(name || 0x0A || algorithm || public key), big-endian.</param>
/// <param name="Bytes">What the key's algorithm says; at least 1 byte.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    private const string Start = "\u2014 ";
    private const int KeyIdSize = 4;

    /// <exception cref="FormatException">The line is not "— name base64(key id || signature)".</exception>
    public static NoteSignature Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (!line.StartsWith(Start, StringComparison.Ordinal)) throw Malformed();
        var parts = line[Start.Length..].Split(' ');
        if (parts is not [var name, var encoded] || !NoteName.IsValid(name)) throw Malformed();
        var bytes = StrictBase64.Decode(encoded);
        return bytes.Length > KeyIdSize
            ? new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(KeyIdSize))
            : throw Malformed();
    }

    /// <summary>The line, without its end.</summary>
    public override string ToString()
    {
        var bytes = new byte[KeyIdSize + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.CopyTo(bytes.AsMemory(KeyIdSize));
        return $"{Start}{Name} {Convert.ToBase64String(bytes)}";
    }

    private static FormatException Malformed() =>
        new("A signature line is not an em dash, a key's name and base64 of key id and signature.");
}
