namespace AlignmentMesh.Contracts;

/// <summary>Defence-in-depth risk of one matrix version under one lens.</summary>
/// <param name="Statement">That this is expert judgement, not an observed frequency.</param>
/// <param name="MatrixDigest">Digest of the matrix version that it was computed from.</param>
/// <param name="Digest">Hex SHA-256 of this answer's canonical JSON, with Digest and Published left out.</param>
/// <param name="Published">True when stored when the version was published, false when computed for this request.</param>
/// <param name="LeftOut">What takes too long for a report, and why; null, and so not in the digest, when nothing is left out.</param>
public sealed record RiskReport(
    string Study, string? Label, long Version, string Lens, string Method, string Statement, string MatrixDigest,
    RiskAssumptions Assumptions, IReadOnlyList<PortfolioRisk> Portfolios, IReadOnlyList<FailureModeImportance> Importance,
    string? Digest, bool? Published, IReadOnlyList<string>? LeftOut = null);

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
/// <param name="JointSharedByMode">Uncertainty of all cells of one failure mode shared; null under a lens without posteriors, and
/// where it takes too long.</param>
/// <param name="JointWithFloor">Joint with the unmodelled shared failure mode.</param>
/// <param name="Independent">Product of the techniques' own failure probabilities.</param>
/// <param name="DependenceEffect">Joint / Independent; null when Independent is 0.</param>
/// <param name="EffectiveLayers">How many independent layers of the same average strength would be worth as much;
/// null if undefined.</param>
/// <param name="Frechet">Joint's bounds without any knowledge of dependence, [low, high].</param>
/// <param name="UnratedBounds">Joint with every unrated cell at 0 and at 1, [low, high].</param>
/// <param name="Incomplete">True when an unrated cell touches the portfolio.</param>
/// <param name="Estimate">How Joint was sampled; null, and so not in the digest, where it is exact.</param>
public sealed record PortfolioRisk(
    string? Name, IReadOnlyList<string> Techniques, double Joint, double? JointSharedByMode, double JointWithFloor, double Independent,
    double? DependenceEffect, double? EffectiveLayers, IReadOnlyList<double> Frechet, IReadOnlyList<double> UnratedBounds,
    double? SafetyTax, bool Incomplete, JointEstimate? Estimate = null);

/// <summary>Importance of one failure mode for one portfolio (the report: all techniques together).</summary>
/// <param name="Birnbaum">R(mode certain) - R(mode impossible).</param>
/// <param name="Criticality">Share of the risk that vanishes with the mode, (R - R0) / R.</param>
/// <param name="Diagnostic">P(mode obtained | portfolio failed).</param>
/// <param name="Raw">Risk achievement worth, R1 / R.</param>
/// <param name="Rrw">Risk reduction worth, R / R0; null when R0 is 0.</param>
public sealed record FailureModeImportance(
    string FailureMode, double Birnbaum, double? Criticality, double? Diagnostic, double? Raw, double? Rrw);

/// <summary>How far two techniques fail together. Numbers are null where one of the two never or always fails.</summary>
/// <param name="Joint">P(both fail).</param>
/// <param name="Phi">Correlation of the two failures, 0..1 where failure modes are shared.</param>
/// <param name="PhiShare">Phi as a share of the most that the two failure probabilities allow.</param>
/// <param name="AGivenB">P(A fails | B fails).</param>
/// <param name="BGivenA">P(B fails | A fails).</param>
/// <param name="Jaccard">P(both fail) / P(one of them fails).</param>
/// <param name="RowOverlap">Sum of the smaller over sum of the larger vulnerabilities, whatever the failure modes' likelihoods.</param>
public sealed record TechniquePair(
    string A, string B, double Joint, double? Phi, double? PhiShare, double? AGivenB, double? BGivenA, double? Jaccard, double? RowOverlap);

/// <summary>What one technique of a portfolio is worth beside all others of it.</summary>
/// <param name="JointWithout">Joint of the portfolio without it; 1 when nothing else is in it.</param>
/// <param name="Benefit">JointWithout - Joint.</param>
/// <param name="Ratio">Joint / JointWithout = P(it fails | all others failed); 1 is a worthless layer, null when the others
/// cannot all fail.</param>
public sealed record LayerWorth(string Technique, double JointWithout, double Benefit, double? Ratio);

/// <summary>A technique's Shapley value: its average worth over all orders in which the portfolio can be built.</summary>
/// <param name="Linear">Share of 1 - Joint.</param>
/// <param name="Decades">Share of -log10 Joint; null when a part of the portfolio cannot fail.</param>
public sealed record ShapleyValue(string Technique, double Linear, double? Decades);

/// <summary>A technique that changes no joint failure beside another one.</summary>
/// <param name="Mutual">True when that holds the other way round too: the two fail in exactly the same cases.</param>
public sealed record RedundantTechnique(string Technique, string Beside, bool Mutual, string Words);

/// <summary>Failure modes that no number about these techniques can tell apart.</summary>
/// <param name="Likelihood">P(at least one of them obtains): they act as one mode of this likelihood.</param>
public sealed record IndistinguishableModes(IReadOnlyList<string> FailureModes, double Likelihood, string Words);

/// <summary>Differential importance: how much of a small change of all likelihoods together comes from this failure mode. The shares
/// of several modes add up to what changing them together does.</summary>
/// <param name="Uniform">All likelihoods change by the same amount.</param>
/// <param name="Proportional">All likelihoods change by the same factor.</param>
public sealed record DifferentialImportance(string FailureMode, double? Uniform, double? Proportional);

/// <summary>Importance of one failure mode, averaged over all portfolios that can fail.</summary>
/// <param name="First">In how many of them no mode has a higher criticality.</param>
/// <param name="Portfolios">How many there are.</param>
public sealed record AverageImportance(
    string FailureMode, double? Birnbaum, double? Criticality, double? Diagnostic, double? Raw, int First, int Portfolios);

/// <summary>How much one cell matters for one portfolio.</summary>
/// <param name="Derivative">Joint with the technique certain to fail under the mode - joint with it certain to hold.</param>
public sealed record CellImportance(string Technique, string FailureMode, double Derivative);

/// <summary>What a cell that is not settled could make of the joint.</summary>
/// <param name="Interval">What the cell may be, [low, high].</param>
/// <param name="Joint">The joint at the interval's ends, [low, high].</param>
public sealed record CellRange(string Technique, string FailureMode, IReadOnlyList<double> Interval, IReadOnlyList<double> Joint);

/// <summary>A portfolio that could be chosen.</summary>
/// <param name="SafetyTax">Sum of its techniques' taxes, null where one is not known.</param>
/// <param name="JointRange">Its joint with every cell that is not settled at its lowest and at its highest, [low, high].</param>
public sealed record RankedPortfolio(IReadOnlyList<string> Techniques, double? SafetyTax, double Joint, IReadOnlyList<double> JointRange);

/// <summary>A portfolio beside one that costs no more and fails no more often, and is better in one of the two.</summary>
public sealed record DominatedPortfolio(RankedPortfolio Portfolio, RankedPortfolio By);

/// <summary>What adding one technique to a portfolio would do.</summary>
/// <param name="Joint">Of the portfolio with it.</param>
/// <param name="Ratio">Joint with it / joint without it; 1 changes nothing, null when the portfolio cannot fail.</param>
/// <param name="DecadesPerTax">-log10 of the ratio by safety tax; null where the tax is unknown or 0, or the ratio is 0.</param>
public sealed record TechniqueAddition(string Technique, double? SafetyTax, double Joint, double? Ratio, double? DecadesPerTax);

/// <summary>A joint failure probability with how it was computed and how far it can be trusted.</summary>
/// <param name="Joint">Exact to rounding, or an estimate with no more digits than its standard error carries.</param>
/// <param name="Algorithm"><c>exact</c> or <c>importance-sampling</c>.</param>
/// <param name="StandardError">Of the estimate; null when exact.</param>
/// <param name="EffectiveSamples">(sum w)^2 / sum w^2 of what the draws contribute; few of them make the standard error unsure too.</param>
/// <param name="Bracket">What Joint cannot leave, [low, high], whatever was drawn; null when exact.</param>
public sealed record JointEstimate(
    double Joint, string Algorithm, double? StandardError, double? EffectiveSamples, IReadOnlyList<double>? Bracket, int? Samples,
    long? Seed);

/// <summary>The joint under one assumption about dependence.</summary>
/// <param name="Assumption">Id of the assumption, with its parameter where it has one.</param>
/// <param name="Independent">Product of the techniques' own failure probabilities under the same assumption, where it changes them.</param>
/// <param name="LeftOut">Why there is no number, or null.</param>
public sealed record DependentJoint(string Assumption, string Words, double? Joint, double? Independent, string? LeftOut);

/// <summary>A conclusion of Dung and Mai (2025) put to a matrix.</summary>
/// <param name="Verdict"><c>holds</c>, <c>holds-partly</c>, <c>does-not-hold</c>, or <c>not-testable</c> where the matrix lacks
/// what it is about.</param>
/// <param name="Figure">The number that decides, named in Words; null when not testable.</param>
public sealed record PaperConclusion(string Conclusion, string Verdict, double? Figure, string Words);

/// <summary>Which matrix versions were scored when they were published, oldest first.</summary>
/// <param name="Next">Version to ask from for the next page, or null at the end.</param>
public sealed record RiskVersions(string Study, IReadOnlyList<RiskVersion> Versions, long? Next);

/// <param name="Digests">Digest of the report by lens.</param>
/// <param name="ScoredAt">RFC 3339 UTC with microseconds.</param>
public sealed record RiskVersion(long Version, string MatrixDigest, IReadOnlyDictionary<string, string> Digests, string ScoredAt);
