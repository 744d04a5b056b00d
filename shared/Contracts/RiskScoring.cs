namespace AlignmentMesh.Contracts;

/// <summary>Defence-in-depth risk of one matrix version under one lens.</summary>
/// <param name="Statement">That this is expert judgement, not an observed frequency.</param>
/// <param name="MatrixDigest">Digest of the matrix version that it was computed from.</param>
/// <param name="Digest">Hex SHA-256 of this answer's canonical JSON, with Digest and Published left out.</param>
/// <param name="Published">True when stored when the version was published, false when computed for this request.</param>
public sealed record RiskReport(
    string Study, string? Label, long Version, string Lens, string Method, string Statement, string MatrixDigest,
    RiskAssumptions Assumptions, IReadOnlyList<PortfolioRisk> Portfolios, IReadOnlyList<FailureModeImportance> Importance,
    string? Digest, bool? Published);

/// <summary>What a risk number takes for granted.</summary>
/// <param name="Dependence"><c>shared-failure-modes</c>: techniques fail independently given the failure modes that obtain.</param>
/// <param name="UnmodelledFloor">Probability of a failure mode outside the catalogue that defeats everything;
/// in JointWithFloor only.</param>
/// <param name="AssumedLikelihoods">Failure modes whose likelihood nobody rated (0.1 is used).</param>
/// <param name="UnratedCells">Cells that entered as 0.5 with bounds [0, 1], as <c>technique/failureMode</c>.</param>
public sealed record RiskAssumptions(
    string Dependence, double UnmodelledFloor, IReadOnlyList<string> AssumedLikelihoods, IReadOnlyList<string> UnratedCells);

/// <summary>One portfolio: the techniques used together fail together with probability Joint.</summary>
/// <param name="Joint">Cells independent at their means.</param>
/// <param name="JointSharedByMode">Uncertainty of all cells of one failure mode shared; null under a lens without posteriors.</param>
/// <param name="JointWithFloor">Joint with the unmodelled shared failure mode.</param>
/// <param name="Independent">Product of the techniques' own failure probabilities.</param>
/// <param name="DependenceEffect">Joint / Independent; null when Independent is 0.</param>
/// <param name="EffectiveLayers">How many independent layers of the same average strength would be worth as much;
/// null if undefined.</param>
/// <param name="Frechet">Joint's bounds without any knowledge of dependence, [low, high].</param>
/// <param name="UnratedBounds">Joint with every unrated cell at 0 and at 1, [low, high].</param>
/// <param name="Incomplete">True when an unrated cell touches the portfolio.</param>
public sealed record PortfolioRisk(
    string? Name, IReadOnlyList<string> Techniques, double Joint, double? JointSharedByMode, double JointWithFloor, double Independent,
    double? DependenceEffect, double? EffectiveLayers, IReadOnlyList<double> Frechet, IReadOnlyList<double> UnratedBounds,
    double? SafetyTax, bool Incomplete);

/// <summary>Importance of one failure mode for one portfolio (the report: all techniques together).</summary>
/// <param name="Birnbaum">R(mode certain) - R(mode impossible).</param>
/// <param name="Criticality">Share of the risk that vanishes with the mode, (R - R0) / R.</param>
/// <param name="Diagnostic">P(mode obtained | portfolio failed).</param>
/// <param name="Raw">Risk achievement worth, R1 / R.</param>
/// <param name="Rrw">Risk reduction worth, R / R0; null when R0 is 0.</param>
public sealed record FailureModeImportance(
    string FailureMode, double Birnbaum, double? Criticality, double? Diagnostic, double? Raw, double? Rrw);

/// <summary>One portfolio with the importance of every failure mode for it.</summary>
public sealed record PortfolioReport(
    string Study, string? Label, long Version, string Lens, string Method, string Statement, string MatrixDigest,
    RiskAssumptions Assumptions, PortfolioRisk Portfolio, IReadOnlyList<FailureModeImportance> Importance);

/// <summary>Which matrix versions were scored when they were published, oldest first.</summary>
/// <param name="Next">Version to ask from for the next page, or null at the end.</param>
public sealed record RiskVersions(string Study, IReadOnlyList<RiskVersion> Versions, long? Next);

/// <param name="Digests">Digest of the report by lens.</param>
/// <param name="ScoredAt">RFC 3339 UTC with microseconds.</param>
public sealed record RiskVersion(long Version, string MatrixDigest, IReadOnlyDictionary<string, string> Digests, string ScoredAt);
