using System.Text;
using System.Text.RegularExpressions;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>What several commands ask of ids and texts.</summary>
internal static partial class Checks
{
    public const int MaxTitle = 300;
    public const int MaxDefinition = 4000;
    public const int MaxReason = 1000;

    private const string SlugRule = "1..64 characters of a-z, 0-9 and hyphen";
    private const string ItemIdRule = "1..32 characters of A-Z, a-z, 0-9 and hyphen";

    public static IEnumerable<Refusal> Slug(string field, string? value, string? item = null)
    {
        if (value is null || !SlugPattern().IsMatch(value))
            yield return Refusal.Of(RefusalReason.IdInvalid, field, value, SlugRule, item);
    }

    public static IEnumerable<Refusal> ItemId(string field, string? value, string? item = null)
    {
        if (value is null || !ItemIdPattern().IsMatch(value))
            yield return Refusal.Of(RefusalReason.IdInvalid, field, value, ItemIdRule, item);
    }

    public static IEnumerable<Refusal> Text(string field, string? value, int most, string? item = null)
    {
        if (string.IsNullOrWhiteSpace(value))
            yield return Refusal.Of(RefusalReason.TextMissing, field, value, $"1..{most} characters", item);
        else if (value.Length > most)
            yield return Refusal.Of(RefusalReason.TextTooLong, field, value, $"at most {most} characters, not {value.Length}", item);
        else if (!IsReadable(value))
            yield return Refusal.Of(
                RefusalReason.TextInvalid, field, value, "Unicode text without control characters except line breaks and tabs", item);
    }

    public static IEnumerable<Refusal> CatalogueItem(CatalogueItem? item, string where) => item is null
        ? ItemId("id", null, where)
        : [
            .. ItemId("id", item.Id, where),
            .. Text("name", item.Name, MaxTitle, where),
            .. Text("definition", item.Definition, MaxDefinition, where),
        ];

    public static IEnumerable<Refusal> StillOpen(Study study)
    {
        if (study.IsClosed) yield return Refusal.Of(RefusalReason.StudyClosed, "study", study.Id, "a study that is not closed");
    }

    // Canonical JSON refuses half a surrogate pair and PostgreSQL a NUL: either would fail the commit long after the answer.
    private static bool IsReadable(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune) || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t')))
                return false;
            at += rune.Utf16SequenceLength;
        }

        return true;
    }

    [GeneratedRegex(@"\A[a-z0-9-]{1,64}\z")]
    private static partial Regex SlugPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,32}\z")]
    private static partial Regex ItemIdPattern();
}
