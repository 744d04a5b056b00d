using System.Text;

namespace AlignmentMesh.Ledger;

/// <summary>
/// A text with signatures (C2SP signed-note): text that ends in a newline, an empty line, one line a signature. Signatures of
/// unknown keys are kept and mean nothing.
/// </summary>
/// <param name="Text">What is signed, its last newline included.</param>
/// <param name="Signatures">At least one in a note that was read.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>Bytes of the longest note that is read.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Signatures of the longest list that is read.</summary>
    public const int MostSignatures = 100;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="FormatException">The bytes are not a note, or a longer one than is read.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> note)
    {
        if (note.Length > MostBytes) throw new FormatException($"The note has {note.Length} bytes; allowed are {MostBytes}.");
        try
        {
            return Parse(Utf8.GetString(note));
        }
        catch (DecoderFallbackException malformed)
        {
            throw new FormatException("The note is not UTF-8.", malformed);
        }
    }

    /// <exception cref="FormatException">The text is not a note.</exception>
    public static SignedNote Parse(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (note.Any(character => character < ' ' && character != '\n')) throw new FormatException("The note has control characters.");
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0) throw new FormatException("The note has no empty line before its signatures.");
        var lines = note[(end + 2)..];
        if (!lines.EndsWith('\n')) throw new FormatException("The note does not end with a signature line.");
        var signatures = lines[..^1].Split('\n').Select(NoteSignature.Parse).ToArray();
        if (signatures.Length > MostSignatures)
            throw new FormatException($"The note has {signatures.Length} signatures; allowed are {MostSignatures}.");
        return new SignedNote(note[..(end + 1)], signatures);
    }

    /// <summary>With one more signature, in place of an earlier one by the same key.</summary>
    public SignedNote With(NoteSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return this with
        {
            Signatures = [.. Signatures.Where(one => one.KeyId != signature.KeyId || one.Name != signature.Name), signature],
        };
    }

    /// <summary>The note as it is stored and sent.</summary>
    public override string ToString() => Text + '\n' + string.Concat(Signatures.Select(signature => signature + "\n"));
}
