namespace AlignmentMesh.Contracts;

/// <summary>The constants of ROHL-1 that are choices and not mathematics (docs/methods/aggregation.md); logits where not said.</summary>
/// <param name="Rho">Correlation of the errors of colleagues, 0..1.</param>
/// <param name="SMin">Least standard deviation of an interval.</param>
/// <param name="Nu">Degrees of freedom between organisations.</param>
public sealed record RohlConstants(
    double Rho, double SigmaWithin, double SMin, int Nu, double TauScale, double ResistantLogit, double UncertainLogit,
    double VulnerableLogit);

/// <summary>A cell under every lens: how much the answer depends on the method.</summary>
/// <param name="Lowest">The least probability of any lens over the same ratings; null without ratings.</param>
/// <param name="Defined">Lenses over the same ratings with a value, the headline not counted.</param>
/// <param name="Agreeing">Of these, how many have the headline's verdict.</param>
public sealed record MultiverseRow(
    IReadOnlyList<LensOutcome> Lenses, double? Lowest, double? Highest, string? Verdict, int Defined, int Agreeing);

/// <summary>What one lens says about a cell.</summary>
/// <param name="Value">0..1; null when undefined.</param>
/// <param name="Undefined">Why there is no value: <c>no_data</c> or <c>no_bounds</c>.</param>
/// <param name="ValidFor">What the value may be used for.</param>
public sealed record LensOutcome(string Lens, double? Value, string? Undefined, string? Verdict, string ValidFor);

/// <summary>How far raters are apart, 0..1 each, 1 being the most there can be.</summary>
/// <param name="Between">Between organisations; with <paramref name="Within"/> it makes up <paramref name="Total"/>.</param>
/// <param name="Ordinal">Dispersion of the raters' verdicts.</param>
public sealed record DisagreementFigures(double Between, double Within, double Total, double Ordinal);

/// <summary>What AI raters, who count nowhere else, would make of the headline.</summary>
/// <param name="Raters">AI raters whose ratings would count.</param>
/// <param name="Mean">The headline's mean with them.</param>
/// <param name="Shift">That minus the mean without them; null when only AI raters rated the cell.</param>
public sealed record AiRaterEffect(int Raters, double Mean, string Verdict, double? Shift);

/// <param name="Because">As <c>notCountedBecause</c> of the ratings: <c>stale</c>, <c>ai_rater</c>, ...</param>
public sealed record NotCountedRatings(string Because, int Ratings);

/// <summary>When a cell changed, newest first.</summary>
/// <param name="Next">Continue below this version; null at the end.</param>
public sealed record CellHistory(IReadOnlyList<CellAtVersion> Changes, long? Next);

/// <summary>The headline of a cell in a published version in which the cell differs from the one published before.</summary>
/// <param name="AsOf">sequencedAt of the version's last entry.</param>
public sealed record CellAtVersion(
    long Version, string AsOf, double? Mean, double? Lower90, double? Upper90, string? Verdict, string Status, int Organisations,
    int Raters);

/// <summary>What a version rests on and where its raters differ.</summary>
/// <param name="Divisive">The cells whose raters differ most, at most 20, the greatest total disagreement first.</param>
/// <param name="Disagreement">Of every cell, in the order of the matrix; null without counted ratings.</param>
public sealed record MatrixOverview(
    MatrixCoverage Coverage, AgreementSummary Agreement, IReadOnlyList<DivisiveCell> Divisive,
    IReadOnlyList<DisagreementFigures?> Disagreement);

/// <param name="Rated">Cells with at least one counted rating.</param>
/// <param name="SingleSource">Rated cells with ratings of one organisation only.</param>
/// <param name="Contested">Rated cells whose status is <c>contested</c>.</param>
/// <param name="WithStale">Cells with ratings that await being given again, since a definition changed.</param>
/// <param name="Organisations">With at least one counted rating of any cell, likelihood or tax.</param>
/// <param name="Raters">With at least one counted rating of any cell, likelihood or tax.</param>
public sealed record MatrixCoverage(
    int Cells, int Rated, int SingleSource, int Contested, int WithStale, int Likelihoods, int RatedLikelihoods, int SafetyTaxes,
    int RatedSafetyTaxes, int Organisations, int Raters);

/// <summary>Agreement across the matrix in short, without intervals; a coefficient is null where it is undefined.</summary>
/// <param name="Ordinal">Krippendorff's alpha of the verdicts, coders being raters.</param>
/// <param name="Interval">Krippendorff's alpha of the numbers, coders being raters.</param>
/// <param name="BetweenOrganisations">Krippendorff's ordinal alpha, coders being organisations.</param>
/// <param name="Pairable">Cells judged by two raters or more.</param>
/// <param name="Undefined">Name of a coefficient to the reason why it is null: <c>no_pairs</c> or <c>no_variation</c>.</param>
public sealed record AgreementSummary(
    string Method, int Pairable, double? PercentAgreement, double? Ordinal, double? Interval, double? GwetAC2,
    double? BetweenOrganisations, IReadOnlyDictionary<string, string> Undefined);

public sealed record DivisiveCell(
    string Technique, string FailureMode, DisagreementFigures Disagreement, string Verdict, string Status, int Organisations, int Raters);

/// <param name="Because"><c>no_bounds</c>: the lens needs bounds and nobody states any.</param>
public sealed record UndefinedCell(string Technique, string FailureMode, string Because);

/// <summary>What changed from version <paramref name="A"/> to a later version <paramref name="B"/>, and because of what.</summary>
/// <param name="Lens">A published one.</param>
/// <param name="ChangedVerdicts">Cells with another verdict than before; a first one counts.</param>
/// <param name="Cells">Cells that differ in anything, techniques outer, failure modes inner.</param>
/// <param name="Causes">What the changes name, in ledger order.</param>
public sealed record MatrixDiff(
    string Study, string? Label, string Lens, DiffedVersion A, DiffedVersion B, int ChangedVerdicts, int ChangedStatuses,
    IReadOnlyList<CellChange> Cells, IReadOnlyList<QuantityChange> Likelihoods, IReadOnlyList<QuantityChange> SafetyTaxes,
    IReadOnlyList<ChangeCause> Causes);

public sealed record DiffedVersion(long Version, string AsOf, string Digest);

/// <param name="Before">Null when the catalogue had no such cell.</param>
/// <param name="MeanShift">Mean after minus mean before; null unless both have one.</param>
/// <param name="WidthShift">Width of the 90 % interval after minus before; null unless both have one.</param>
/// <param name="CauseCount">Entries that caused the change.</param>
/// <param name="Causes">Ledger indexes of at most the newest 20 of them.</param>
public sealed record CellChange(
    string Technique, string FailureMode, ConsensusCell? Before, ConsensusCell After, double? MeanShift, double? WidthShift,
    bool VerdictChanged, bool StatusChanged, int CauseCount, IReadOnlyList<long> Causes);

/// <summary>A change of a likelihood or a safety tax.</summary>
/// <param name="Before">Null when the catalogue had no such item.</param>
/// <param name="Shift">Value after minus value before; null unless both have one.</param>
/// <param name="CauseCount">Entries that caused the change.</param>
/// <param name="Causes">Ledger indexes of at most the newest 20 of them.</param>
public sealed record QuantityChange(
    string Id, ConsensusQuantity? Before, ConsensusQuantity After, double? Shift, int CauseCount, IReadOnlyList<long> Causes);

/// <summary>A ledger entry that changed something. A blind round's ratings come with the <c>round-closed</c> that released them.</summary>
/// <param name="Type">Stored name of the event, e.g. <c>ratings-submitted</c>, <c>organisation-removed</c>.</param>
/// <param name="Organisation">Of a rating.</param>
/// <param name="Rater">Of a rating.</param>
public sealed record ChangeCause(
    long LedgerIndex, Guid EventId, string Type, string? Organisation, string? Rater, int? Round, string SequencedAt, string? TraceId);

/// <summary>How far a version's raters agree across its cells (docs/methods/agreement.md).</summary>
/// <param name="Overall">Coders are raters, whatever their organisation.</param>
/// <param name="ByOrganisation">Coders are the organisation's raters.</param>
/// <param name="BetweenOrganisations">Coders are organisations, each with the median of its raters.</param>
public sealed record MatrixAgreement(
    string Study, string? Label, long Version, string AsOf, string Digest, string Method, AgreementFigures Overall,
    IReadOnlyList<AgreementFigures> ByOrganisation, AgreementFigures BetweenOrganisations, AgreementBootstrap Bootstrap);

/// <summary>Coefficients of agreement: 1 is agreement without exception, 0 what chance gives; null where undefined.</summary>
/// <param name="Units">Cells judged by at least one of the coders.</param>
/// <param name="Pairable">Cells judged by at least two of them.</param>
/// <param name="GwetAC2">Linear weights.</param>
/// <param name="PercentAgreement">Mean share of pairs of coders with the same verdict, 0..1.</param>
/// <param name="Undefined">Name of a coefficient to the reason why it is null: <c>no_pairs</c> or <c>no_variation</c>.</param>
/// <param name="Organisation">Whose raters; null where it is not about one organisation's.</param>
public sealed record AgreementFigures(
    int Units, int Pairable, int Coders, AlphaFigures Krippendorff, double? Fleiss, double? GwetAC1, double? GwetAC2,
    double? PercentAgreement, IReadOnlyDictionary<string, string> Undefined, string? Organisation = null);

/// <summary>Krippendorff's alpha under each metric; intervals are [2.5 %, 97.5 %] of the defined replicates, null without any.</summary>
public sealed record AlphaFigures(
    double? Nominal, double? Ordinal, double? Interval, double? Ratio, IReadOnlyList<double>? Nominal95, IReadOnlyList<double>? Ordinal95,
    IReadOnlyList<double>? Interval95, IReadOnlyList<double>? Ratio95);

/// <param name="Replicates">Resamples of the cells.</param>
/// <param name="Undefined">Replicates without an ordinal alpha over all raters: its interval leaves them out.</param>
public sealed record AgreementBootstrap(long Seed, int Replicates, int Undefined);

/// <summary>How much the constants of ROHL-1 that are choices matter: one is changed at a time.</summary>
/// <param name="Constants">Those of the published method.</param>
public sealed record MatrixSensitivity(
    string Study, string? Label, long Version, string AsOf, string Digest, string Method, RohlConstants Constants, int RatedCells,
    IReadOnlyList<SensitivityVariant> Variants);

/// <summary>The matrix with one constant of ROHL-1 changed, compared with the published method.</summary>
/// <param name="Constant"><c>rho</c>, <c>s-min</c> or <c>nu</c>.</param>
/// <param name="IsPublished">The value is the published method's own: nothing changes.</param>
/// <param name="LargestShift">The mean that moves furthest: by how much, with its sign; 0 without rated cells.</param>
/// <param name="Technique">Of the cell whose mean moves furthest; null when none moves.</param>
/// <param name="Changes">The cells that get another verdict.</param>
public sealed record SensitivityVariant(
    string Constant, double Value, bool IsPublished, int RatedCells, int ChangedVerdicts, double LargestShift, string? Technique,
    string? FailureMode, IReadOnlyList<VerdictChange> Changes);

/// <param name="Verdict">Of the published method.</param>
/// <param name="Instead">With the constant changed.</param>
public sealed record VerdictChange(string Technique, string FailureMode, string Verdict, string Instead, double Mean, double MeanInstead);

/// <summary>What each organisation says of every cell on its own, to be held against the consensus.</summary>
/// <param name="Organisations">Those with a counted rating of some cell, by id.</param>
public sealed record OrganisationViews(
    string Study, string? Label, long Version, string Digest, IReadOnlyList<OrganisationView> Organisations);

/// <param name="Raters">With a counted rating of some cell.</param>
/// <param name="Means">Its pooled judgement of every cell as a probability, in the order of the matrix; null where it has none.</param>
public sealed record OrganisationView(string Organisation, int Raters, IReadOnlyList<double?> Means);
