namespace AlignmentMesh.Contracts;

/// <summary>One portfolio with all that its techniques and failure modes are worth in it.</summary>
/// <param name="PositiveDependence">Joint's bounds when failures can only go together, [low, high].</param>
/// <param name="AtLeast">P(at least k of the techniques fail), k = 0..t; a portfolio that needs r of them to hold fails with k = t - r + 1.
/// </param>
/// <param name="Pairs">Every two of its techniques.</param>
/// <param name="Additions">What each other technique would make of the joint, best first.</param>
/// <param name="LeftOut">What there is no number for, and why.</param>
public sealed record PortfolioReport(
    string Study, string? Label, long Version, string Lens, string Method, string Statement, string MatrixDigest,
    RiskAssumptions Assumptions, PortfolioRisk Portfolio, IReadOnlyList<FailureModeImportance> Importance,
    IReadOnlyList<double> PositiveDependence, IReadOnlyList<double> AtLeast, IReadOnlyList<LayerWorth> LeaveOneOut,
    IReadOnlyList<ShapleyValue> Shapley, IReadOnlyList<TechniquePair> Pairs, IReadOnlyList<TechniqueAddition> Additions,
    IReadOnlyList<RedundantTechnique> Redundant, IReadOnlyList<string> LeftOut);

/// <summary>Which techniques to use together: risk against safety tax.</summary>
/// <param name="Risk">Which of a portfolio's numbers Joint is here: <c>jointSharedByMode</c> or <c>joint</c>.</param>
/// <param name="UnknownTaxes">Techniques whose tax nobody rated: their portfolios are on no frontier.</param>
/// <param name="Unsettled">Cells that are contested, unrated or judged uncertain: what JointRange is about.</param>
/// <param name="Frontier">Portfolios than which none costs as little and fails less, cheapest first.</param>
/// <param name="Best">Of every size the portfolios that fail least, whatever they cost, best first.</param>
/// <param name="Dominated">Every portfolio of known tax off the frontier, with the point of the frontier that beats it.</param>
/// <param name="LeftOut">What there is no number for, and why.</param>
public sealed record RiskFrontier(
    string Study, string? Label, long Version, string Lens, string Method, string Statement, string MatrixDigest,
    RiskAssumptions Assumptions, string Risk, IReadOnlyList<string> UnknownTaxes, IReadOnlyList<CellBounds> Unsettled,
    IReadOnlyList<RankedPortfolio> Frontier, IReadOnlyList<RankedPortfolio> Best, IReadOnlyList<DominatedPortfolio> Dominated,
    IReadOnlyList<string> LeftOut);

/// <param name="Interval">What the cell may be, [low, high].</param>
public sealed record CellBounds(string Technique, string FailureMode, IReadOnlyList<double> Interval);

/// <summary>How far techniques fail together, and what in the matrix cannot be told apart.</summary>
/// <param name="Pairs">Every two techniques, in the matrix's order.</param>
/// <param name="Redundant">Techniques that add nothing beside another one.</param>
/// <param name="Indistinguishable">Failure modes that act as one.</param>
public sealed record RiskOverlap(
    string Study, string? Label, long Version, string Lens, string Method, string Statement, string MatrixDigest,
    RiskAssumptions Assumptions, IReadOnlyList<TechniquePair> Pairs, IReadOnlyList<RedundantTechnique> Redundant,
    IReadOnlyList<IndistinguishableModes> Indistinguishable);

/// <summary>Which failure mode matters most.</summary>
/// <param name="Portfolio">The techniques that Importance and Differential are about.</param>
/// <param name="Averages">Over all portfolios that can fail; empty where it is left out.</param>
/// <param name="LeftOut">What there is no number for, and why.</param>
public sealed record RiskImportance(
    string Study, string? Label, long Version, string Lens, string Method, string Statement, string MatrixDigest,
    RiskAssumptions Assumptions, IReadOnlyList<string> Portfolio, IReadOnlyList<FailureModeImportance> Importance,
    IReadOnlyList<DifferentialImportance> Differential, IReadOnlyList<AverageImportance> Averages, IReadOnlyList<string> LeftOut);

/// <summary>Which cell to settle next.</summary>
/// <param name="Portfolio">The techniques whose joint it is about.</param>
/// <param name="Cells">All cells of the portfolio, largest derivative first.</param>
/// <param name="LeftOut">What there is no number for, and why.</param>
public sealed record RiskCells(
    string Study, string? Label, long Version, string Lens, string Method, string Statement, string MatrixDigest,
    RiskAssumptions Assumptions, IReadOnlyList<string> Portfolio, double Joint, IReadOnlyList<CellLeverage> Cells,
    IReadOnlyList<string> LeftOut);

/// <summary>What becomes of the conclusions of Dung and Mai (2025, arXiv 2510.11235) under this matrix.</summary>
public sealed record RiskPaper(
    string Study, string? Label, long Version, string Lens, string Method, string Statement, string MatrixDigest,
    RiskAssumptions Assumptions, IReadOnlyList<PaperConclusion> Conclusions);
