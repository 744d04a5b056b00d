namespace AlignmentMesh.Contracts;

// The events of a study's ledger. They are stored forever by rating-intake AND public: each is the `data` of a ledger
// envelope, which consumers fold and auditors replay. Primitives only, additive changes only. The stored name is the
// type's name in kebab-case (`ratings-submitted`); numbers that may be fractions are decimal strings (see Decimals).

/// <summary>A study began: its catalogue, and the organisation that owns it.</summary>
/// <param name="Label">Shown wherever the study shows, e.g. "synthetic example"; null for a real study.</param>
public sealed record StudyOpened(string Study, string Title, string Owner, Catalogue Catalogue, string? Label = null);

/// <summary>One technique or failure mode was added or redefined. Material: earlier ratings of it become stale.</summary>
/// <param name="Kind"><c>technique</c> or <c>failure-mode</c>.</param>
public sealed record CatalogueChanged(string Kind, string Id, string Name, string Definition, bool Material, string Reason);

public sealed record OrganisationAdmitted(string Organisation, string Name);

/// <summary>Ends the organisation's ratings from this ledger index on; nothing before is rewritten.</summary>
public sealed record OrganisationRemoved(string Organisation, string Reason);

/// <param name="Round">1, 2, 3, ... in order; at most one round is open at a time.</param>
/// <param name="Mode"><c>open</c> (entries released at once) or <c>blind</c> (released by RoundClosed).</param>
public sealed record RoundOpened(int Round, string Mode);

public sealed record RoundClosed(int Round);

public sealed record StudyClosed(string Reason);

/// <summary>
/// From this entry on cells are pooled with these constants of ROHL-1. They are all of them: one that is null has ROHL-1's own
/// value, whatever an earlier change had set. Versions published before stay what they are.
/// </summary>
public sealed record AggregationPolicyChanged(AggregationConstants Constants, string Reason);

/// <summary>
/// The constants of ROHL-1 that are choices, as decimal strings within <see cref="AggregationRanges"/>; null is ROHL-1's own value.
/// </summary>
/// <param name="Rho">Correlation of the errors of colleagues.</param>
/// <param name="SigmaWithin">Standard deviation between colleagues beyond what they state, in logits.</param>
/// <param name="SMin">Least standard deviation of an interval, in logits.</param>
/// <param name="Nu">Degrees of freedom between organisations.</param>
/// <param name="TauScale">Scale of the half-normal prior of the standard deviation between organisations, in logits.</param>
/// <param name="ResistantLogit">Where the verdict resistant without a number lies, in logits.</param>
/// <param name="UncertainLogit">Where uncertain lies.</param>
/// <param name="VulnerableLogit">Where vulnerable lies.</param>
public sealed record AggregationConstants(
    string? Rho = null,
    string? SigmaWithin = null,
    string? SMin = null,
    int? Nu = null,
    string? TauScale = null,
    string? ResistantLogit = null,
    string? UncertainLogit = null,
    string? VulnerableLogit = null);

/// <summary>
/// The ledger was restored from a backup and a new epoch begins: what was published of it beyond the kept entries is void.
/// Without this event a shorter ledger, or another entry at an index once used, is tampering.
/// </summary>
/// <param name="Epoch">2, 3, ...: a study begins in its first epoch.</param>
/// <param name="KeptSize">Entries that the backup had.</param>
/// <param name="Root">Hex Merkle root over the kept entries.</param>
/// <param name="LostSize">Size before the restore as far as it is known, from a receipt or an older version; a claim.</param>
/// <param name="Manager">Random id of the round manager who announced it.</param>
public sealed record LedgerRestored(int Epoch, long KeptSize, string Root, long? LostSize, string Reason, string? Manager = null);

/// <summary>Another round manager than the one who announced a restore stands by it: only then checkpoints are signed again.</summary>
/// <param name="Manager">Random id of the round manager who confirms.</param>
public sealed record RestoreConfirmed(int Epoch, string Manager);

/// <summary>
/// Personal data was erased, and the salts with it: whoever misses a text whose hash is named here knows why. Entries, leaves and
/// proofs stay as they were, since they hold hashes only.
/// </summary>
/// <param name="Hashes">Of rationales and evidence titles that are gone, as rated items name them.</param>
/// <param name="Rater">Random id whose person is not known any more; null where only texts were erased.</param>
/// <param name="LegalBasis">E.g. <c>GDPR art. 17</c>.</param>
public sealed record PersonalDataErased(IReadOnlyList<string> Hashes, string? Rater, string Reason, string LegalBasis);

/// <summary>One accepted request of one rater. The envelope names study, organisation, rater and round.</summary>
/// <param name="RaterKind"><c>human</c> or <c>ai</c>, fixed when the rater first rates.</param>
/// <param name="Blind">True when the round is blind: the entry travels as a leaf only until its RoundClosed.</param>
/// <param name="StudyVersion">
/// Version of the study's stream it was judged against, so that the same value can be given anew after a definition changed.
/// </param>
public sealed record RatingsSubmitted(
    int Round, bool Blind, string RaterKind, IReadOnlyList<RatedItem> Items, long? StudyVersion = null);

/// <summary>The named quantities have no rating of this rater any more; earlier ratings do not revive.</summary>
public sealed record RatingsWithdrawn(int Round, bool Blind, IReadOnlyList<WithdrawnItem> Items);

/// <summary>
/// One judgement of one quantity. Both ids: P(technique fails | failure mode obtains). No technique: likelihood of the
/// failure mode. No failure mode: safety tax of the technique (relative cost, 0 or more).
/// </summary>
/// <param name="Verdict"><c>resistant</c>, <c>uncertain</c>, <c>vulnerable</c> or null; only for technique x failure mode.</param>
/// <param name="Best">Decimal string, probability 0..1 (tax: 0 or more), or null when only a verdict was given.</param>
/// <param name="Confidence">Decimal string 0.5..0.99: confidence of the interval lower..upper; null means 0.8.</param>
/// <param name="RationaleHash">Hex HMAC-SHA256 of the text under its own salt; text and salt are stored apart and erasable.</param>
/// <param name="ClaimedAt">The client's own time of the judgement, RFC 3339; a claim, orders nothing.</param>
public sealed record RatedItem(
    string? Technique,
    string? FailureMode,
    string? Verdict = null,
    string? Best = null,
    string? Lower = null,
    string? Upper = null,
    string? Confidence = null,
    string? RationaleHash = null,
    IReadOnlyList<EvidenceLink>? Evidence = null,
    string? ClaimedAt = null);

/// <param name="TitleHash">Hex HMAC-SHA256 of the title under its own salt, or null when it has none.</param>
public sealed record EvidenceLink(string Url, string? TitleHash = null);

/// <summary>Which texts, stored apart and erasable, stand behind a judgement.</summary>
public static class TextHashes
{
    /// <summary>Hashes of its rationale and of its evidence's titles, in this order, of those that it has.</summary>
    public static IEnumerable<string> Of(RatedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new[] { item.RationaleHash }.Concat((item.Evidence ?? []).Select(link => link.TitleHash)).OfType<string>();
    }
}

public sealed record WithdrawnItem(string? Technique, string? FailureMode);

/// <summary>What is rated: techniques (rows) and failure modes (columns), in the order in which they are shown.</summary>
/// <param name="Portfolios">Sets of techniques that readers ask about first.</param>
public sealed record Catalogue(
    IReadOnlyList<CatalogueItem> Techniques,
    IReadOnlyList<CatalogueItem> FailureModes,
    IReadOnlyList<NamedPortfolio> Portfolios);

/// <param name="Id">Stable, 1..32 characters of A-Z a-z 0-9 and hyphen.</param>
public sealed record CatalogueItem(string Id, string Name, string Definition);

public sealed record NamedPortfolio(string Name, IReadOnlyList<string> Techniques);
