using System.Collections.Immutable;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>What is judged: a technique under a failure mode, a failure mode's likelihood, or a technique's safety tax.</summary>
public readonly record struct Quantity(string? Technique, string? FailureMode)
{
    public bool IsLikelihood => Technique is null && FailureMode is not null;

    public bool IsSafetyTax => Technique is not null && FailureMode is null;
}

/// <summary>A rating on record, or its withdrawal (<paramref name="Item"/> null).</summary>
/// <param name="StudyVersion">Version of the study it was judged against.</param>
public sealed record OnRecord(int Round, RatedItem? Item, long StudyVersion = 0);

public static class RaterKinds
{
    public const string Human = "human";
    public const string Ai = "ai";
}

/// <summary>One rater's latest judgements in one study.</summary>
/// <param name="RaterKind">Fixed by the first rating; null before it.</param>
public sealed record Assessment(string? RaterKind, ImmutableDictionary<Quantity, OnRecord> Latest)
{
    public static Assessment Empty { get; } = new(null, ImmutableDictionary<Quantity, OnRecord>.Empty);

    /// <summary>The state after one more event; events of other kinds change nothing.</summary>
    public static Assessment Evolve(Assessment assessment, object @event) => @event switch
    {
        RatingsSubmitted submitted => new Assessment(
            assessment.RaterKind ?? submitted.RaterKind,
            assessment.Latest.SetItems(submitted.Items.Select(item =>
                KeyValuePair.Create(new Quantity(item.Technique, item.FailureMode), Record(submitted, item))))),
        RatingsWithdrawn withdrawn => assessment with
        {
            Latest = assessment.Latest.SetItems(withdrawn.Items.Select(item =>
                KeyValuePair.Create(new Quantity(item.Technique, item.FailureMode), new OnRecord(withdrawn.Round, null)))),
        },
        _ => assessment,
    };

    // An event that does not say what it was judged against is taken at its word: it counts.
    private static OnRecord Record(RatingsSubmitted submitted, RatedItem item) =>
        new(submitted.Round, item, submitted.StudyVersion ?? long.MaxValue);
}
