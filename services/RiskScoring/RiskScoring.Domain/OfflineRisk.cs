using System.Text.Json.Serialization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>What <c>mesh risk MODEL.json</c> answers. Everything but the portfolios and the frontier is about the asked portfolio, by
/// default all techniques together.</summary>
/// <param name="AtLeast">P(at least k of them fail), k = 0..n.</param>
/// <param name="Pareto">The portfolios of all techniques that none beats in both risk and safety tax; empty without taxes.</param>
/// <param name="LeftOut">What there is no number for, and why.</param>
/// <param name="Uncertainty">Where it is asked for.</param>
public sealed record OfflineRisk(
    string Method, OfflineAssumptions Assumptions, IReadOnlyList<OfflinePortfolio> Portfolios,
    IReadOnlyList<FailureModeImportance> Importance, IReadOnlyList<OfflinePair> Pairs, IReadOnlyList<ShapleyValue> Shapley,
    IReadOnlyList<OfflineLayer> LeaveOneOut, IReadOnlyList<double> AtLeast, IReadOnlyList<RankedPortfolio> Pareto,
    IReadOnlyList<CellImportance> Cells, IReadOnlyList<string> LeftOut,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UncertaintyFigures? Uncertainty = null);

/// <param name="UnmodelledFloor">P(a failure mode outside the model that defeats everything), in jointWithFloor only.</param>
/// <param name="ResidualBeta">Weight of full dependence given the failure modes, in jointWithResidual only; null for none.</param>
public sealed record OfflineAssumptions(
    double UnmodelledFloor = ScoreRisk.UnmodelledFloor, double? ResidualBeta = null, string Dependence = ScoreRisk.Dependence,
    string Statement = ScoreRisk.Statement);

/// <param name="JointWithResidual">Null without a residual, and where it takes too long.</param>
/// <param name="Estimate">How the joint was sampled, where it could not be computed exactly.</param>
public sealed record OfflinePortfolio(
    IReadOnlyList<string> Techniques, double Joint, double Independent, double? DependenceEffect, double? EffectiveLayers,
    IReadOnlyList<double> Frechet, double JointWithFloor, double? JointWithResidual,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JointEstimate? Estimate = null);

/// <param name="Conditional">P(A fails | B fails).</param>
public sealed record OfflinePair(string A, string B, double? Phi, double? Conditional, double? Jaccard);

/// <param name="Ratio">P(it fails | all others failed); 1 is a worthless layer.</param>
public sealed record OfflineLayer(string Technique, double? Ratio);
