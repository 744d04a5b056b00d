using System.Globalization;

namespace AlignmentMesh.Ledger;

/// <summary>What a log was at a size, as it is signed and cosigned (C2SP tlog-checkpoint).</summary>
/// <param name="Origin">Names the log: one line, not empty.</param>
/// <param name="Root">32 bytes.</param>
/// <param name="Extensions">Further lines, none of them empty; ours have none.</param>
public sealed record Checkpoint(string Origin, long Size, ReadOnlyMemory<byte> Root, IReadOnlyList<string> Extensions)
{
    /// <summary>
    /// The origin of a study's ledger, which is its key's name too. After a restore the log begins anew: what was signed beyond the
    /// kept entries no longer holds, and no log may sign two trees that differ.
    /// </summary>
    /// <param name="log">Name of the installation, e.g. <c>mesh.example.org</c>.</param>
    /// <param name="epoch">1, and one more with each restore.</param>
    public static string OriginOf(string log, string study, int epoch) =>
        epoch == 1 ? $"{log}/{study}" : string.Create(CultureInfo.InvariantCulture, $"{log}/{study}/epoch/{epoch}");

    /// <exception cref="FormatException">The text of a note is not a checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EndsWith('\n')) throw new FormatException("A checkpoint ends in a newline.");
        if (text[..^1].Split('\n') is not [{ Length: > 0 } origin, var size, var root, .. var extensions])
            throw new FormatException("A checkpoint has the lines origin, size and root.");
        if (extensions.Contains("")) throw new FormatException("A checkpoint has no empty line.");
        var hash = StrictBase64.Decode(root);
        return hash.Length == Merkle.HashSize
            ? new Checkpoint(origin, Number(size), hash, extensions)
            : throw new FormatException($"The root has {hash.Length} bytes; allowed are {Merkle.HashSize}.");
    }

    /// <summary>The text that is signed.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.Span)}\n{string.Concat(Extensions.Select(line => line + "\n"))}");

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : throw new FormatException($"The size '{text}' is not a decimal number without leading zeros.");
}
