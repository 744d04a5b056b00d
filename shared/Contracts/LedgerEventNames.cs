using System.Collections.Frozen;

namespace AlignmentMesh.Contracts;

/// <summary>The closed list of ledger events by their stored names; a name never changes its meaning.</summary>
public static class LedgerEventNames
{
    /// <summary>The version of the events' shapes, written in every envelope as <c>schema</c>.</summary>
    public const int Schema = 1;

    public static readonly FrozenDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        ["study-opened"] = typeof(StudyOpened),
        ["catalogue-changed"] = typeof(CatalogueChanged),
        ["organisation-admitted"] = typeof(OrganisationAdmitted),
        ["organisation-removed"] = typeof(OrganisationRemoved),
        ["round-opened"] = typeof(RoundOpened),
        ["round-closed"] = typeof(RoundClosed),
        ["study-closed"] = typeof(StudyClosed),
        ["aggregation-policy-changed"] = typeof(AggregationPolicyChanged),
        ["ledger-restored"] = typeof(LedgerRestored),
        ["restore-confirmed"] = typeof(RestoreConfirmed),
        ["personal-data-erased"] = typeof(PersonalDataErased),
        ["ratings-submitted"] = typeof(RatingsSubmitted),
        ["ratings-withdrawn"] = typeof(RatingsWithdrawn),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, string> Names = Types.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <exception cref="KeyNotFoundException">The type is not a ledger event.</exception>
    public static string Of(Type type) => Names[type];
}
