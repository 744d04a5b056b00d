namespace AlignmentMesh.Contracts;

/// <summary>What the uncertainty of the ratings does to the risk of one matrix version under one lens.</summary>
/// <param name="Statement">That this is expert judgement, not an observed frequency.</param>
/// <param name="MatrixDigest">Digest of the matrix version that it was computed from.</param>
public sealed record RiskUncertainty(
    string Study, string? Label, long Version, string Lens, string Method, string Statement, string MatrixDigest,
    RiskAssumptions Assumptions, UncertaintyFigures Uncertainty);

/// <summary>Everything that follows from one set of draws.</summary>
/// <param name="Comparisons">Every two listed portfolios of which neither contains the other; empty when too many are listed.</param>
/// <param name="ImportanceOf">The portfolio that FailureModes and Tornado are about.</param>
/// <param name="FailureModes">In the matrix's order.</param>
/// <param name="Tornado">Widest swing first.</param>
public sealed record UncertaintyFigures(
    UncertaintySampling Sampling, IReadOnlyList<PortfolioUncertainty> Portfolios, IReadOnlyList<PortfolioComparison> Comparisons,
    IReadOnlyList<string> ImportanceOf, IReadOnlyList<FailureModeUncertainty> FailureModes, IReadOnlyList<UncertaintySwing> Tornado);

/// <summary>How the numbers were drawn; the same values give the same answer.</summary>
/// <param name="Shared">What is wrong together: <c>none</c>, <c>mode</c>, <c>organisation</c> or <c>all</c>.</param>
/// <param name="UncertainCells">Cells with a standard deviation; every other one is taken as certain.</param>
/// <param name="UncertainLikelihoods">Likelihoods with a standard deviation.</param>
public sealed record UncertaintySampling(
    long Seed, int Draws, string Shared, string Generator, string Design, int UncertainCells, int UncertainLikelihoods);

/// <summary>The distribution of one portfolio's risk.</summary>
/// <param name="Mean">Computed without drawing; null when shared by organisation, where there is no such way.</param>
/// <param name="SampledMean">Mean of the draws, to be held against Mean.</param>
/// <param name="Sd">Standard deviation over the draws.</param>
/// <param name="SameSize">Portfolios of as many techniques, this one included.</param>
/// <param name="Ranks">P(it has the least risk of its size), P(the second least), ... for at most ten places; of equals all have the
/// better place.</param>
/// <param name="MeanRank">Mean place among portfolios of its size, from 1.</param>
/// <param name="OpenBounds">Risk with every cell that is unrated or judged uncertain at 0 and at 1, all others at their means; null
/// when there is no such cell.</param>
/// <param name="ContestedBounds">Risk with every contested cell at the ends of its 90 % interval; null when there is none.</param>
public sealed record PortfolioUncertainty(
    string? Name, IReadOnlyList<string> Techniques, double? Mean, double SampledMean, double Sd, UncertaintyQuantiles Quantiles,
    int SameSize, IReadOnlyList<double> Ranks, double MeanRank, IReadOnlyList<double>? OpenBounds, IReadOnlyList<double>? ContestedBounds);

/// <summary>Quantiles over the draws.</summary>
public sealed record UncertaintyQuantiles(double P05, double P25, double P50, double P75, double P95);

/// <summary>Two portfolios in the same draws.</summary>
/// <param name="Better">Share of the draws in which the portfolio has less risk than the other.</param>
/// <param name="Equal">Share in which both have the same.</param>
public sealed record PortfolioComparison(IReadOnlyList<string> Portfolio, IReadOnlyList<string> Other, double Better, double Equal);

/// <summary>How sure the importance of one failure mode is.</summary>
/// <param name="Criticality">Share of the risk that vanishes with the mode, (R - R0) / R.</param>
/// <param name="Ranks">P(it is the most critical mode), P(the second), ...; of equals all have the better place.</param>
public sealed record FailureModeUncertainty(
    string FailureMode, UncertaintyQuantiles Criticality, IReadOnlyList<double> Ranks, double MeanRank);

/// <summary>What one thing that is not known does to the risk on its own, all else at its mean.</summary>
/// <param name="Kind"><c>cell</c>, <c>likelihood</c>, <c>mode</c> (all its cells), <c>organisation</c> (its leaning) or <c>all</c>.</param>
/// <param name="Low">Risk with it at its 5 % quantile.</param>
/// <param name="High">Risk with it at its 95 % quantile.</param>
public sealed record UncertaintySwing(string Kind, string Name, double Low, double High);
