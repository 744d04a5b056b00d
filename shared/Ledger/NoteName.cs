using System.Text;

namespace AlignmentMesh.Ledger;

/// <summary>Names of keys in notes.</summary>
internal static class NoteName
{
    /// <summary>Not empty, no white space, no plus sign, nothing that is no character.</summary>
    public static bool IsValid(string name) =>
        name.Length > 0 && name.EnumerateRunes().All(rune => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune) && rune.Value != '+');
}
