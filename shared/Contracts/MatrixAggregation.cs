namespace AlignmentMesh.Contracts;

/// <summary>
/// Published by matrix-aggregation: a study's consensus after the first <paramref name="Version"/> ledger entries, with all
/// that risk-scoring needs. The newest version wins; older ones may be skipped.
/// </summary>
public sealed record MatrixRevised(string Study, long Version, ConsensusMatrix Matrix);

/// <summary>The consensus of all cells under every lens: what a digest covers.</summary>
/// <param name="Version">The ledger size it was computed from.</param>
/// <param name="Root">Hex root of the ledger at that size.</param>
/// <param name="AsOf">sequencedAt of the last entry, RFC 3339 UTC with microseconds.</param>
/// <param name="Lenses">Lens id (<c>rohl-1</c>, <c>crisp</c>) to its cells, techniques outer, failure modes inner.</param>
/// <param name="Digest">Hex SHA-256 of this record's canonical JSON with Digest left out.</param>
public sealed record ConsensusMatrix(
    string Study, string? Label, long Version, string Root, string AsOf,
    IReadOnlyList<CatalogueItem> Techniques, IReadOnlyList<CatalogueItem> FailureModes, IReadOnlyList<NamedPortfolio> Portfolios,
    IReadOnlyList<ConsensusQuantity> Likelihoods, IReadOnlyList<ConsensusQuantity> SafetyTaxes,
    IReadOnlyDictionary<string, IReadOnlyList<ConsensusCell>> Lenses, string? Digest);

/// <summary>One cell's consensus. Every number is null where the status is <c>no_data</c> (or the lens has no such number).</summary>
/// <param name="Mean">P(technique fails | failure mode obtains), 0..1.</param>
/// <param name="Sd">Posterior standard deviation.</param>
/// <param name="Lower90">5 % quantile of the posterior.</param>
/// <param name="Upper90">95 % quantile of the posterior.</param>
/// <param name="PResistant">P(p below 1/3).</param>
/// <param name="PUncertain">P(p in 1/3..2/3).</param>
/// <param name="PVulnerable">P(p above 2/3).</param>
/// <param name="Tau">Expected spread between organisations, in logits.</param>
/// <param name="Verdict"><c>resistant</c>, <c>uncertain</c> or <c>vulnerable</c>.</param>
/// <param name="Status"><c>no_data</c>, <c>single_source</c>, <c>contested</c> or <c>ok</c>.</param>
/// <param name="Stale">Ratings shown but not counted, since the item's definition changed.</param>
public sealed record ConsensusCell(
    string Technique, string FailureMode, int Raters, int Organisations, double? Mean, double? Sd, double? Median, double? Lower90,
    double? Upper90, double? PResistant, double? PUncertain, double? PVulnerable, double? Tau,
    string? Verdict, string Status, int Stale = 0);

/// <summary>A likelihood of a failure mode or a safety tax of a technique: median of organisation medians.</summary>
/// <param name="Value">The value used; with no rating, the stated assumption (likelihood 0.1) or null (tax).</param>
/// <param name="Lowest">Smallest organisation median.</param>
/// <param name="Highest">Largest organisation median.</param>
/// <param name="Assumed">True when no organisation rated it.</param>
public sealed record ConsensusQuantity(
    string Id, double? Value, double? Lowest, double? Highest, int Organisations, int Raters, bool Assumed);

/// <summary>One version of a study's matrix under one lens.</summary>
/// <param name="Method">Id of the computation with its constants, e.g. <c>rohl-1</c>.</param>
/// <param name="Digest">The digest of the whole version (all lenses).</param>
/// <param name="Published">True when the running system published this version, false when it was computed for this request.</param>
public sealed record MatrixView(
    string Study, string? Label, long Version, string Root, string AsOf, string Lens, string Method, string Digest, bool Published,
    int RatedCells, int Cells, IReadOnlyList<CatalogueItem> Techniques, IReadOnlyList<CatalogueItem> FailureModes,
    IReadOnlyList<NamedPortfolio> Portfolios, IReadOnlyList<ConsensusQuantity> Likelihoods, IReadOnlyList<ConsensusQuantity> SafetyTaxes,
    IReadOnlyList<ConsensusCell> Consensus);

public sealed record MatrixVersions(string Study, IReadOnlyList<MatrixVersion> Versions, long? Next);

public sealed record MatrixVersion(long Version, string AsOf, string Root, string Digest, int ChangedCells);

/// <summary>Why a cell says what it says: its consensus under every lens and the released ratings behind it.</summary>
public sealed record CellLineage(
    string Study, string? Label, long Version, string Digest, string Technique, string FailureMode,
    IReadOnlyDictionary<string, ConsensusCell> Lenses, IReadOnlyList<OrganisationContribution> Organisations,
    IReadOnlyList<RatingLineage> Ratings);

/// <param name="Influence">Headline mean minus the mean without this organisation, or null when it is the only one.</param>
public sealed record OrganisationContribution(string Organisation, int Raters, double Mean, double? Influence, bool FlipsVerdict);

/// <param name="LedgerIndex">The entry that carries the rating.</param>
/// <param name="Counted">False when stale; <paramref name="NotCountedBecause"/> says why.</param>
public sealed record RatingLineage(
    string Organisation, string Rater, string RaterKind, int Round, string? Verdict, string? Best, string? Lower, string? Upper,
    string? Confidence, long LedgerIndex, Guid EventId, string RecordedAt, string? TraceId, bool Counted, string? NotCountedBecause);

/// <summary>The newest published version of every study, which a consumer compares with what it has scored.</summary>
public sealed record MatrixHeads(IReadOnlyList<MatrixHead> Heads);

public sealed record MatrixHead(string Study, long Version, string Digest);
