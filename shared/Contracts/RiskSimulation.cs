namespace AlignmentMesh.Contracts;

/// <summary>What would be if: other numbers in the place of the consensus, for one portfolio. What is left out stays as it is.</summary>
/// <param name="Techniques">Ids of the portfolio, distinct; null for all techniques.</param>
/// <param name="LayersNeeded">How many of them must hold for the portfolio to hold, 1..t; null for 1.</param>
/// <param name="Seed">Of the draws for uncertainty, 0..9007199254740991; null for 1.</param>
/// <param name="UnmodelledFloor">P(a failure mode outside the catalogue that defeats everything), 0..1; null for 0.01.</param>
/// <param name="ResidualBeta">Weight of full dependence between techniques given the failure modes, 0..1; null leaves it out.</param>
/// <param name="Groups">Failure modes that come together, at most 8 groups without a mode in common; null leaves them out.</param>
/// <param name="ExclusiveModes">True to show failure modes that exclude each other as well.</param>
public sealed record SimulateRequest(
    IReadOnlyList<string>? Techniques = null, int? LayersNeeded = null, IReadOnlyList<CellOverride>? Cells = null,
    IReadOnlyList<LikelihoodOverride>? Likelihoods = null, IReadOnlyList<SafetyTaxOverride>? SafetyTaxes = null,
    double? UnmodelledFloor = null, double? ResidualBeta = null, IReadOnlyList<ModeGroup>? Groups = null, bool? ExclusiveModes = null,
    long? Seed = null);

/// <param name="Vulnerability">P(the technique fails | the failure mode obtains), 0..1, taken as certain.</param>
public sealed record CellOverride(string Technique, string FailureMode, double Vulnerability);

/// <param name="Likelihood">P(the failure mode obtains), 0..1, taken as certain.</param>
public sealed record LikelihoodOverride(string FailureMode, double Likelihood);

/// <param name="SafetyTax">0 or more, in the units of the study.</param>
public sealed record SafetyTaxOverride(string Technique, double SafetyTax);

/// <summary>Failure modes that one cause can bring about together.</summary>
/// <param name="Beta">P(the cause) as a share of the least likely member, 0..1.</param>
public sealed record ModeGroup(IReadOnlyList<string> FailureModes, double Beta);

/// <summary>A portfolio of one matrix version under one lens with numbers of the asker's. Nothing of it is stored.</summary>
/// <param name="Statement">That this is expert judgement, not an observed frequency.</param>
/// <param name="MatrixDigest">Digest of the matrix version that was changed.</param>
/// <param name="Asked">The question.</param>
/// <param name="Portfolio">With the asker's numbers; Joint and Independent side by side.</param>
/// <param name="Published">The same portfolio with the consensus's numbers.</param>
/// <param name="Dependence">The joint under each named assumption; none of them is the safe one.</param>
/// <param name="Importance">Of every failure mode for the portfolio, the joint's.</param>
/// <param name="LeaveOneOut">What each technique is worth beside the others.</param>
/// <param name="Additions">What each other technique would make of the joint, best first.</param>
/// <param name="Cells">The portfolio's cells that would change the joint most, largest derivative first, at most ten.</param>
/// <param name="Uncertainty">What the ratings leave open about the joint; null where it is left out.</param>
/// <param name="LeftOut">What there is no number for, and why.</param>
public sealed record RiskSimulation(
    string Study, string? Label, long Version, string Lens, string Method, string Statement, string MatrixDigest,
    RiskAssumptions Assumptions, SimulateRequest Asked, PortfolioRisk Portfolio, PortfolioRisk Published, NeededLayers Layers,
    IReadOnlyList<DependentJoint> Dependence, IReadOnlyList<FailureModeImportance> Importance, IReadOnlyList<LayerWorth> LeaveOneOut,
    IReadOnlyList<TechniqueAddition> Additions, IReadOnlyList<CellLeverage> Cells, PortfolioSpread? Uncertainty,
    IReadOnlyList<string> LeftOut);

/// <summary>A portfolio that holds as long as so many of its techniques hold.</summary>
/// <param name="Needed">How many must hold.</param>
/// <param name="Fails">P(fewer hold); null where it is left out.</param>
/// <param name="FailsIfIndependent">The same if the techniques failed independently of each other.</param>
/// <param name="AtLeast">P(at least k techniques fail), k = 0..t; empty where it is left out.</param>
public sealed record NeededLayers(int Needed, double? Fails, double FailsIfIndependent, IReadOnlyList<double> AtLeast);

/// <summary>How much one cell matters, and what it could make of the joint.</summary>
/// <param name="Vulnerability">What it is now.</param>
/// <param name="Derivative">Joint with the technique certain to fail under the mode - joint with it certain to hold.</param>
/// <param name="Interval">What it may be, [low, high]: its 90 % interval, or [0, 1] where it is unrated or judged uncertain without
/// one; null where it is taken as certain.</param>
/// <param name="Joint">The joint at the interval's ends, [low, high].</param>
public sealed record CellLeverage(
    string Technique, string FailureMode, double Vulnerability, double Derivative, IReadOnlyList<double>? Interval,
    IReadOnlyList<double>? Joint);

/// <summary>The distribution of a portfolio's joint over what the ratings leave open.</summary>
/// <param name="Mean">Computed without drawing.</param>
/// <param name="Sd">Standard deviation over the draws.</param>
public sealed record PortfolioSpread(UncertaintySampling Sampling, double? Mean, double Sd, UncertaintyQuantiles Quantiles);
