using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

/// <summary>A small study of two techniques and two failure modes, and what one rater of organisation acme does in it.</summary>
internal static class Samples
{
    public const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    public static readonly Catalogue SmallCatalogue = new(
        [new("RLHF", "Learning from feedback", "Trains on preferences."), new("SO", "Scalable oversight", "Humans judge with help.")],
        [new("AL-GEN", "Misgeneralisation", "Goals do not carry over."), new("COLL", "Collusion", "Systems work together.")],
        [new("Both", ["RLHF", "SO"])]);

    public static readonly OpenStudy Open = new("s", "A study", "owner", SmallCatalogue, null);

    public static readonly StudyOpened Opened = new("s", "A study", "owner", SmallCatalogue);

    public static readonly OrganisationAdmitted Admitted = new("acme", "Acme");

    public static readonly OrganisationRemoved Removed = new("acme", "left");

    /// <summary>An open round 1, acme admitted: the study's version is 3.</summary>
    public static readonly object[] Running = [Opened, Admitted, new RoundOpened(1, RoundMode.Open)];

    public static readonly RatingItem Rating = new("RLHF", "COLL", Best: 0.25m);

    public static readonly RatedItem Rated = new("RLHF", "COLL", Best: "0.25");

    public static SubmitRatings Submit(params RatingItem[] items) =>
        new("acme", "human", null, [.. items.Select(item => new HashedItem(item, HashOf(item?.Rationale), TitleHashes(item)))]);

    public static RatingsSubmitted Submitted(params RatedItem[] items) => new(1, false, "human", items, StudyVersion: 3);

    public static WithdrawRatings Withdraw(params WithdrawnItem[] items) => new("acme", null, items);

    public static WithdrawnItem Quantity(string? technique, string? failureMode) => new(technique, failureMode);

    private static string?[] TitleHashes(RatingItem? item) =>
        [.. (item?.Evidence ?? []).Select(link => HashOf(link?.Title))];

    private static string? HashOf(string? text) => text is null ? null : Hash;
}
