namespace AlignmentMesh.Contracts;

/// <summary>
/// What a closed round came to, for its raters. The answers of an organisation stand in order of size and without names. All of it was
/// released when the round closed, so anybody may see it; a rater finds the own answers beside it.
/// </summary>
/// <param name="Mode"><c>open</c> or <c>blind</c>.</param>
/// <param name="Version">The version just after the round was closed.</param>
/// <param name="Digest">That version's.</param>
/// <param name="Method">Id of the headline's computation.</param>
/// <param name="EarlierRound">The round that changes are measured from; null in the first.</param>
/// <param name="Rater">The caller; null for somebody who has not rated in the study.</param>
/// <param name="Quantities">Rated ones: cells, techniques outer; then likelihoods, then safety taxes.</param>
public sealed record RoundFeedback(
    string Study, string? Label, int Round, string Mode, long Version, string Digest, string Method, int? EarlierRound,
    StudyRater? Rater, IReadOnlyList<QuantityFeedback> Quantities);

/// <param name="Own">The caller's latest answer up to this round; null without one.</param>
/// <param name="Consensus">Headline mean of a cell, otherwise the median of the organisations' medians.</param>
/// <param name="Lower">5 % quantile of a cell, otherwise the smallest organisation median.</param>
/// <param name="Upper">95 % quantile of a cell, otherwise the greatest organisation median.</param>
/// <param name="Verdict">Of a cell; <paramref name="Status"/>, <paramref name="Disagreement"/> and <paramref name="Change"/> too.</param>
/// <param name="Organisations">Counted answers.</param>
/// <param name="Rationales">Of the others' counted answers of this round, in an order that tells nothing.</param>
public sealed record QuantityFeedback(
    string? Technique, string? FailureMode, OwnAnswer? Own, double? Consensus, double? Lower, double? Upper, string? Verdict,
    string? Status, IReadOnlyList<OrganisationAnswers> Organisations, DisagreementFigures? Disagreement, ChangeFigures? Change,
    IReadOnlyList<string> Rationales);

/// <param name="Round">In which it was given.</param>
/// <param name="Rationale">Null without one, or when it was erased.</param>
/// <param name="NotCountedBecause">Null when it counts.</param>
public sealed record OwnAnswer(
    int Round, string? Verdict, string? Best, string? Lower, string? Upper, string? Confidence, string? Rationale,
    string? NotCountedBecause);

/// <summary>One organisation's counted answers to one quantity.</summary>
/// <param name="Answers">One a rater, ascending; a verdict without a number is 0.15, 0.5 or 0.85.</param>
/// <param name="Resistant">How many of a cell's raters say so; the same of the other two verdicts.</param>
public sealed record OrganisationAnswers(
    string Organisation, double Median, IReadOnlyList<double> Answers, int Resistant, int Uncertain, int Vulnerable);

/// <summary>What happened to a cell since the round before.</summary>
/// <param name="Shift">Of the organisation-balanced mean.</param>
/// <param name="TotalRatio">Total disagreement now over that of the round before.</param>
/// <param name="Herding">0 when nobody moved towards the others, 1 when everybody went all the way.</param>
/// <param name="Undefined">Name of a figure to the reason why it is null.</param>
public sealed record ChangeFigures(
    double? Shift, double? TotalRatio, double? Herding, IReadOnlyDictionary<string, string> Undefined);
