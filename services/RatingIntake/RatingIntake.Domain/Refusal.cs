using System.Text;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Why a command is refused, for a person who wants to mend it.</summary>
/// <param name="Item">Which item of the request, e.g. <c>items[3]</c>; null for the request itself.</param>
/// <param name="Field">The field as it is called in the request.</param>
/// <param name="Value">What it holds, shortened.</param>
/// <param name="Allowed">What would be taken.</param>
public sealed record Refusal(RefusalReason Reason, string? Item, string? Field, string? Value, string Allowed)
{
    /// <summary>Refusals reported of one request.</summary>
    public const int Most = 100;

    private const int MostOfValue = 80;

    public static Refusal Of(RefusalReason reason, string? field, string? value, string allowed, string? item = null) =>
        new(reason, item, field, value is { Length: > MostOfValue } ? Shorten(value) + "..." : value, allowed);

    private static string Shorten(string value) => value[..(char.IsHighSurrogate(value[MostOfValue - 1]) ? MostOfValue - 1 : MostOfValue)];

    /// <summary>The reason as it ends a problem's type, e.g. <c>bounds-out-of-order</c>.</summary>
    public static string Slug(RefusalReason reason)
    {
        var slug = new StringBuilder();
        foreach (var letter in reason.ToString())
        {
            if (char.IsUpper(letter) && slug.Length > 0) slug.Append('-');
            slug.Append(char.ToLowerInvariant(letter));
        }

        return slug.ToString();
    }
}

/// <summary>Every reason that a command can be refused for; its slug is a documented problem type.</summary>
public enum RefusalReason
{
    UnknownStudy,
    StudyClosed,
    StudyExists,
    SizeOutOfRange,
    UnknownEpoch,
    SecondManagerNeeded,
    UnknownGrant,
    GrantEnded,
    UntilOutOfRange,
    IdInvalid,
    TextMissing,
    TextTooLong,
    TextInvalid,
    CatalogueEmpty,
    CatalogueTooLarge,
    DuplicateId,
    PortfolioUnknownTechnique,
    KindUnknown,
    ModeUnknown,
    ConstantOutOfRange,
    OrganisationNotAdmitted,
    RoundAlreadyOpen,
    UnknownRound,
    NoOpenRound,
    RoundClosed,
    RoundMismatch,
    NoItems,
    TooManyItems,
    NoQuantity,
    UnknownTechnique,
    UnknownFailureMode,
    DuplicateItem,
    NothingStated,
    VerdictUnknown,
    VerdictNotApplicable,
    ProbabilityOutOfRange,
    TaxOutOfRange,
    TooManyDigits,
    BoundWithoutBest,
    BoundsOutOfOrder,
    ConfidenceOutOfRange,
    TooMuchEvidence,
    EvidenceUrlInvalid,
    NothingToWithdraw,
}
