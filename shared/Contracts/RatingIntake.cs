namespace AlignmentMesh.Contracts;

/// <summary>Published by rating-intake: the ledger of a study grew by one page (at most 256 entries).</summary>
public sealed record LedgerExtended(LedgerPage Page);

public sealed record OpenStudyRequest(string Study, string Title, Catalogue Catalogue, string? Label = null);

public sealed record AdmitOrganisationRequest(string Organisation, string Name);

public sealed record RemoveOrganisationRequest(string Reason);

public sealed record ChangeCatalogueRequest(string Kind, string Id, string Name, string Definition, bool Material, string Reason);

/// <param name="Mode"><c>open</c> or <c>blind</c>.</param>
public sealed record OpenRoundRequest(string Mode);

public sealed record CloseStudyRequest(string Reason);

/// <param name="Constants">All that are not ROHL-1's own; none takes the study back to ROHL-1 as it is.</param>
public sealed record ChangeAggregationPolicyRequest(PolicyConstants Constants, string Reason);

/// <inheritdoc cref="AggregationConstants"/>
public sealed record PolicyConstants(
    decimal? Rho = null,
    decimal? SigmaWithin = null,
    decimal? SMin = null,
    int? Nu = null,
    decimal? TauScale = null,
    decimal? ResistantLogit = null,
    decimal? UncertainLogit = null,
    decimal? VulnerableLogit = null);

/// <param name="KeptSize">Entries that the backup had; null means all that the ledger has now.</param>
/// <param name="LostSize">The ledger's size before the restore, where it is known.</param>
public sealed record AnnounceRestoreRequest(string Reason, long? KeptSize = null, long? LostSize = null);

/// <param name="Epoch">The epoch that the announced restore begins.</param>
public sealed record ConfirmRestoreRequest(int Epoch);

/// <summary>Erases rationales and evidence titles, of one event or of all of a rater's, and if asked for who the rater is.</summary>
/// <param name="EventId">Of a rating; then the rater is not named.</param>
/// <param name="Organisation">Of the rater; null is the caller's own.</param>
/// <param name="Name">Forget who the rater is too: only with <paramref name="Rater"/>.</param>
public sealed record ErasePersonalDataRequest(
    string Reason, string LegalBasis, Guid? EventId = null, string? Rater = null, string? Organisation = null, bool Name = false);

/// <summary>The answer to a command on a study.</summary>
/// <param name="EventId">The event that recorded it, or null when nothing had to change.</param>
/// <param name="Version">The study's version after it.</param>
public sealed record StudyChanged(string Study, Guid? EventId, string? Commitment, long Version, int? Round = null);

public sealed record StudySummary(
    string Study, string Title, string Owner, string? Label, string State, int Techniques, int FailureModes,
    int Organisations, int? OpenRound);

public sealed record StudyList(IReadOnlyList<StudySummary> Studies, string? Next);

/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="Policy">The last change of the constants of ROHL-1; null when they were never changed.</param>
public sealed record StudyView(
    string Study, string Title, string Owner, string? Label, string State, long Version, Catalogue Catalogue,
    IReadOnlyList<AdmittedOrganisation> Organisations, IReadOnlyList<RoundView> Rounds,
    IReadOnlyList<LedgerRestored>? Restores = null, AggregationPolicyChanged? Policy = null,
    IReadOnlyList<RestoreConfirmed>? Confirmations = null);

/// <param name="State"><c>admitted</c> or <c>removed</c>.</param>
public sealed record AdmittedOrganisation(string Organisation, string Name, string State);

/// <param name="State"><c>open</c> or <c>closed</c>.</param>
public sealed record RoundView(int Round, string Mode, string State);

/// <summary>1..n judgements of one rater, accepted or refused as a whole.</summary>
/// <param name="Round">The round the ratings are meant for; null means the open one.</param>
public sealed record SubmitRatingsRequest(IReadOnlyList<RatingItem> Items, int? Round = null);

/// <inheritdoc cref="RatedItem"/>
public sealed record RatingItem(
    string? Technique = null,
    string? FailureMode = null,
    string? Verdict = null,
    decimal? Best = null,
    decimal? Lower = null,
    decimal? Upper = null,
    decimal? Confidence = null,
    string? Rationale = null,
    IReadOnlyList<Evidence>? Evidence = null,
    DateTimeOffset? ClaimedAt = null);

public sealed record Evidence(string Url, string? Title = null);

public sealed record WithdrawRatingsRequest(IReadOnlyList<WithdrawnItem> Items, int? Round = null);

/// <summary>An accepted submission or withdrawal.</summary>
/// <param name="EventId">The ledger event, or null when every item said what was already on record.</param>
/// <param name="Commitment">Hex HMAC-SHA256 that the ledger's leaf will carry.</param>
/// <param name="AssessmentVersion">Version of the rater's assessment after it, the value of its ETag.</param>
/// <param name="Changed">How many items changed something.</param>
/// <param name="Promise">That the event will be in the ledger, under intake's signature; null where there is no event.</param>
public sealed record RatingsReceipt(
    string Study, string Organisation, string Rater, int Round, Guid? EventId, string? Commitment, long AssessmentVersion, int Changed,
    ReceiptPromise? Promise = null);

/// <summary>To be kept by whoever rated: with it an auditor can ask why an event is not in the ledger.</summary>
/// <param name="Note">Signed note with the lines <c>alignmentmesh-receipt/v1</c>, log, time of acceptance, maximum merge delay in
/// seconds, events promised together, base64 root over them (RFC 6962; a leaf is study, event id and commitment, a line each).</param>
/// <param name="Index">Of this event among them.</param>
/// <param name="Hashes">Its path to the root, 64 hex digits each, from the event up.</param>
public sealed record ReceiptPromise(string Note, long Index, IReadOnlyList<string> Hashes);

/// <summary>The caller's own latest ratings in a study.</summary>
public sealed record AssessmentView(
    string Study, string Organisation, string Rater, string RaterKind, long Version, IReadOnlyList<AssessmentItem> Items);

public sealed record AssessmentItem(
    string? Technique, string? FailureMode, int Round, string? Verdict, decimal? Best, decimal? Lower, decimal? Upper, decimal? Confidence,
    string? Rationale);

/// <summary>Who the caller is as a rater of a study, as the ledger names raters.</summary>
/// <param name="Kind"><c>human</c> or <c>ai</c>.</param>
public sealed record StudyRater(string Study, string Organisation, string Rater, string Kind);

/// <summary>Leave for one auditor to read what is not released of a study; works once another round manager confirms it.</summary>
/// <param name="Issuer">Who vouches for the subject, as the auditor's token says.</param>
/// <param name="Until">In the future, at most 30 days ahead.</param>
public sealed record AuditGrant(string Issuer, string Subject, DateTimeOffset Until, string Reason);

/// <summary>Who was let read what is not released, and who read what; newest first.</summary>
/// <param name="Next">Number to give as <c>before</c> for the next page, or null at the end.</param>
public sealed record AuditAccessLog(string Study, IReadOnlyList<AuditAccessRecord> Records, long? Next);

/// <param name="Number">1, 2, 3, ... in a study without gap.</param>
/// <param name="At">RFC 3339 UTC with microseconds.</param>
/// <param name="Action"><c>proposed</c>, <c>confirmed</c>, <c>revoked</c> or <c>read</c>.</param>
/// <param name="Grant">The grant that it is about: the number of the record that proposed it.</param>
/// <param name="Issuer">With the subject: who did it.</param>
/// <param name="Proposed">Of <c>proposed</c> only.</param>
/// <param name="Read">Of <c>read</c> only.</param>
public sealed record AuditAccessRecord(
    long Number, string At, string Action, long Grant, string Issuer, string Subject, AuditGrant? Proposed = null,
    UnreleasedRead? Read = null);

/// <param name="From">Ledger index that was asked from.</param>
/// <param name="Last">Ledger index of the last entry that was read; null when there was none.</param>
/// <param name="Entries">How many entries were read.</param>
public sealed record UnreleasedRead(int Round, long From, long? Last, int Entries);

/// <summary>The rationales, and where asked for titles of evidence, that were released with a round and are not erased.</summary>
/// <param name="Next">Ledger index to ask from for the next page, or null at the end.</param>
public sealed record RoundRationales(
    string Study, int Round, IReadOnlyList<ReleasedRationale> Rationales, long? Next, IReadOnlyList<ErasedText>? Erased = null);

/// <summary>What was said about one quantity in some entries, and is released and not erased.</summary>
/// <param name="Texts">Rationales, and titles of evidence, by their hashes.</param>
public sealed record QuantityRationales(
    string Study, string? Technique, string? FailureMode, IReadOnlyList<ReleasedRationale> Texts,
    IReadOnlyList<ErasedText>? Erased = null);

/// <summary>A text that the page's entries name and that was erased.</summary>
/// <param name="EventId">Of the ledger entry <c>personal-data-erased</c> that says why.</param>
public sealed record ErasedText(string Hash, Guid EventId);

/// <param name="Hash">As <c>rationaleHash</c> of the rated item, or <c>titleHash</c> of its evidence.</param>
/// <param name="Salt">Base64 of 32 bytes: HMAC-SHA256 of the text under it is the hash.</param>
public sealed record ReleasedRationale(string Hash, string Text, string Salt);

/// <param name="Accepted">Rows taken (or that would be taken, in a dry run).</param>
public sealed record ImportResult(
    bool DryRun, bool Atomic, int Accepted, int Rejected, IReadOnlyList<ImportError> Errors, IReadOnlyList<RatingsReceipt> Receipts);

/// <param name="Row">1-based row of the file, the header being row 1.</param>
public sealed record ImportError(int Row, string? Column, string Code, string Message);

/// <summary>Columns of a ratings file, in the order in which they are written. All but the ids may be missing.</summary>
public static class RatingColumns
{
    public static readonly IReadOnlyList<string> All =
    [
        "organisation", "rater", "technique", "failure_mode", "round", "verdict", "best", "lower", "upper", "confidence",
        "submitted_at", "withdrawn", "rationale",
    ];
}

/// <summary>What the constants of ROHL-1 may be, each with both ends, for whoever sets them and whoever pools with them.</summary>
public static class AggregationRanges
{
    public static readonly (decimal Least, decimal Most) Rho = (0m, 1m);
    public static readonly (decimal Least, decimal Most) SigmaWithin = (0.1m, 5m);
    public static readonly (decimal Least, decimal Most) SMin = (0.1m, 2.5m);

    /// <summary>For these the density needs square roots only.</summary>
    public static readonly IReadOnlyList<int> Nu = [1, 2, 4];

    public static readonly (decimal Least, decimal Most) TauScale = (0.05m, 5m);
    public static readonly (decimal Least, decimal Most) ResistantLogit = (-4.6m, 0m);
    public static readonly (decimal Least, decimal Most) UncertainLogit = (-1m, 1m);
    public static readonly (decimal Least, decimal Most) VulnerableLogit = (0m, 4.6m);
}
