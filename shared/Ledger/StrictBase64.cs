namespace AlignmentMesh.Ledger;

/// <summary>Standard base64 in its one canonical spelling: what is signed may not be spelt in two ways.</summary>
internal static class StrictBase64
{
    /// <exception cref="FormatException">White space, wrong padding, or bits that decoding would drop.</exception>
    public static byte[] Decode(string text)
    {
        var bytes = Convert.FromBase64String(text);
        return Convert.ToBase64String(bytes) == text ? bytes : throw new FormatException("The base64 is not in its canonical spelling.");
    }
}
