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
/// <param name="Constants">The study's own constants of ROHL-1; null, and so not in the digest, where all are ROHL-1's.</param>
public sealed record ConsensusMatrix(
    string Study, string? Label, long Version, string Root, string AsOf,
    IReadOnlyList<CatalogueItem> Techniques, IReadOnlyList<CatalogueItem> FailureModes, IReadOnlyList<NamedPortfolio> Portfolios,
    IReadOnlyList<ConsensusQuantity> Likelihoods, IReadOnlyList<ConsensusQuantity> SafetyTaxes,
    IReadOnlyDictionary<string, IReadOnlyList<ConsensusCell>> Lenses, string? Digest, AggregationConstants? Constants = null);

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
/// <param name="Lens">A published one (<c>rohl-1</c>, <c>crisp</c>), or any other of a cell's multiverse row.</param>
/// <param name="Method">Id of the computation with the study's own constants, e.g. <c>rohl-1</c> or <c>rohl-1(rho=0.3,nu=4)</c>.</param>
/// <param name="Digest">The digest of the whole version (all published lenses).</param>
/// <param name="Published">True when the running system published this version, false when it was computed for this request.</param>
/// <param name="Consensus">
/// Under a lens that is not published there is a mean and a verdict only, raters, organisations and status being the headline's;
/// <c>with-ai-raters</c> has every number, and its own raters.
/// </param>
/// <param name="Overview">The same under every lens.</param>
/// <param name="Undefined">Rated cells for which the lens has no number.</param>
/// <param name="Constants">The study's own constants of ROHL-1; null where all are ROHL-1's.</param>
public sealed record MatrixView(
    string Study, string? Label, long Version, string Root, string AsOf, string Lens, string Method, string Digest, bool Published,
    int RatedCells, int Cells, IReadOnlyList<CatalogueItem> Techniques, IReadOnlyList<CatalogueItem> FailureModes,
    IReadOnlyList<NamedPortfolio> Portfolios, IReadOnlyList<ConsensusQuantity> Likelihoods, IReadOnlyList<ConsensusQuantity> SafetyTaxes,
    IReadOnlyList<ConsensusCell> Consensus, MatrixOverview? Overview = null, IReadOnlyList<UndefinedCell>? Undefined = null,
    AggregationConstants? Constants = null);

public sealed record MatrixVersions(string Study, IReadOnlyList<MatrixVersion> Versions, long? Next);

public sealed record MatrixVersion(long Version, string AsOf, string Root, string Digest, int ChangedCells);

/// <summary>One version whole, and what each later one has that the one before had not.</summary>
/// <param name="Cells">All cells of the version <paramref name="From"/>.</param>
/// <param name="Deltas">One a version, from <paramref name="From"/> + 1 to <paramref name="To"/>.</param>
public sealed record MatrixDeltas(
    string Study, string? Label, string Lens, long From, long To, IReadOnlyList<ConsensusCell> Cells, IReadOnlyList<VersionDelta> Deltas);

/// <param name="Cells">Those that differ from the version before, as they are now; a cell is never taken away.</param>
public sealed record VersionDelta(long Version, string AsOf, string Digest, IReadOnlyList<ConsensusCell> Cells);

/// <summary>Why a cell says what it says: its consensus under every lens and the released ratings behind it.</summary>
/// <param name="Lenses">The published lenses: <c>rohl-1</c>, the headline, and <c>crisp</c>.</param>
/// <param name="Ratings">Counted or not; each that is not says why, and <paramref name="NotCounted"/> counts them.</param>
/// <param name="Method">Id of the headline's computation.</param>
/// <param name="Constants">The constants of it that are choices.</param>
/// <param name="Disagreement">Null without counted ratings.</param>
/// <param name="Fragile">Without one of the organisations the verdict would be another one.</param>
/// <param name="EffectiveRaters">Sum over the organisations.</param>
/// <param name="IndependentRaters">Sum over the organisations.</param>
/// <param name="AiRaters">Null when no AI rater's rating would count.</param>
/// <param name="History">The newest changes of the cell up to this version.</param>
public sealed record CellLineage(
    string Study, string? Label, long Version, string Digest, string Technique, string FailureMode,
    IReadOnlyDictionary<string, ConsensusCell> Lenses, IReadOnlyList<OrganisationContribution> Organisations,
    IReadOnlyList<RatingLineage> Ratings, string? Method = null, RohlConstants? Constants = null, MultiverseRow? Multiverse = null,
    DisagreementFigures? Disagreement = null, bool Fragile = false, double EffectiveRaters = 0, double IndependentRaters = 0,
    AiRaterEffect? AiRaters = null, IReadOnlyList<NotCountedRatings>? NotCounted = null, CellHistory? History = null);

/// <param name="Mean">The organisation's pooled judgement as a probability.</param>
/// <param name="Influence">Headline mean minus the mean without this organisation, or null when it is the only one.</param>
/// <param name="VerdictWithout">The headline's verdict without this organisation; null when it is the only one.</param>
/// <param name="EffectiveRaters">(sum w)^2 / sum w^2 of its raters' weights, 1 to <paramref name="Raters"/>.</param>
/// <param name="IndependentRaters">How many raters of organisations of their own would weigh as much: 1 to 1 / rho.</param>
public sealed record OrganisationContribution(
    string Organisation, int Raters, double Mean, double? Influence, bool FlipsVerdict, string? VerdictWithout = null,
    double EffectiveRaters = 0, double IndependentRaters = 0);

/// <param name="LedgerIndex">The entry that carries the rating.</param>
/// <param name="Counted">False when stale; <paramref name="NotCountedBecause"/> says why.</param>
/// <param name="RationaleHash">Of the text that rating-intake has, while it is not erased; null without one.</param>
/// <param name="Evidence">Null without any.</param>
public sealed record RatingLineage(
    string Organisation, string Rater, string RaterKind, int Round, string? Verdict, string? Best, string? Lower, string? Upper,
    string? Confidence, long LedgerIndex, Guid EventId, string RecordedAt, string? TraceId, bool Counted, string? NotCountedBecause,
    string? RationaleHash = null, IReadOnlyList<EvidenceLink>? Evidence = null);

/// <summary>The newest published version of every study, which a consumer compares with what it has scored.</summary>
public sealed record MatrixHeads(IReadOnlyList<MatrixHead> Heads);

public sealed record MatrixHead(string Study, long Version, string Digest);
