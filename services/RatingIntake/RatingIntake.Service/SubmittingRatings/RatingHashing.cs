using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;

namespace AlignmentMesh.RatingIntake.Service.SubmittingRatings;

/// <summary>Replaces free texts by salted hashes, each text with a salt of its own, so that each can be erased alone.</summary>
internal static class RatingHashing
{
    public static (HashedItem[] Items, FreeText[] Texts) Hash(IReadOnlyList<RatingItem> items)
    {
        var texts = new List<FreeText>();
        // A null item is the decider's to refuse, with its place.
        var hashed = items.Select(item => new HashedItem(
            item!, Hash(item?.Rationale, texts), [.. (item?.Evidence ?? []).Select(link => Hash(link?.Title, texts))])).ToArray();
        return (hashed, [.. texts]);
    }

    private static string? Hash(string? text, List<FreeText> texts)
    {
        if (text is null) return null;
        var salt = RandomNumberGenerator.GetBytes(Commitment.SaltSize);
        var hash = Commitment.HashText(salt, text);
        texts.Add(new FreeText(hash, salt, text));
        return hash;
    }
}
