namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// One way of turning the counted ratings of a cell into one number, shown beside the headline and never published in its place
/// (<see cref="Method.Lenses"/> are the published ones). A rating is read as its number, otherwise as the 0.15, 0.5 or 0.85 its
/// verdict stands for. Without a rater every lens is undefined (<see cref="LensValue.NoData"/>).
/// </summary>
/// <param name="Id">Lower case with hyphens; a changed formula is a new id.</param>
/// <param name="Description">One line.</param>
/// <param name="ValidFor">What the value may be used for.</param>
/// <param name="Certainties">What ratings of 0 and 1 do to it.</param>
/// <param name="OneRater">What a single rater's number becomes.</param>
/// <param name="WithoutBounds">What a rating without bounds does to it.</param>
/// <param name="Pool">The value of a cell; pure, never NaN, within 0..1.</param>
public sealed record Lens(
    string Id, string Description, string ValidFor, string Certainties, string OneRater, string WithoutBounds,
    Func<CellView, LensValue> Pool)
{
    /// <summary>P(technique fails | failure mode obtains) is never resolved: nothing to learn an extremising factor from.</summary>
    internal const string Resolvable = "only valid for resolvable events";

    internal const string AnyJudgement = "any judged probability";
    internal const string CountAsTheyAre = "count as they are";
    internal const string Clamped = "clamped to 0.01..0.99";
    internal const string ReadAsVerdicts = "read as verdicts (cuts 1/3 and 2/3)";
    internal const string Unchanged = "unchanged";
    internal const string UnchangedInside = "unchanged within 0.01..0.99";
    internal const string Shrunk = "pulled towards one half";
    internal const string NotUsed = "bounds are not used";
    internal const string LeftOut = "left out; undefined (no_bounds) when nobody states bounds";

    /// <summary>The least distance from 0 and 1 at which double arithmetic still has a logit on both sides: 2^-52.</summary>
    internal const double Smallest = 2.220446049250313e-16;

    /// <summary>False for scores of verdicts, whose values are on a scale of their own.</summary>
    public bool IsProbability => ValidFor is AnyJudgement or Resolvable;

    internal static double MovedInside(double p) => Math.Min(1 - Smallest, Math.Max(Smallest, p));
}

/// <summary>A lens's number for a cell, or why it has none.</summary>
/// <param name="Value">0..1, null when undefined.</param>
/// <param name="Undefined">Null when there is a value.</param>
/// <param name="OwnVerdict">Of a lens with a posterior; the verdict of every other lens is read off its value.</param>
public readonly record struct LensValue(double? Value, string? Undefined, Verdict? OwnVerdict = null)
{
    /// <summary>No rating counts.</summary>
    public const string NoData = "no_data";

    /// <summary>The lens needs bounds and nobody states any.</summary>
    public const string NoBounds = "no_bounds";

    public Verdict? Verdict => OwnVerdict ?? (Value is { } value ? Verdicts.OfProbability(value) : null);

    // Rounding may leave a probability an ulp outside.
    internal static LensValue Of(double value) => new(Math.Min(1, Math.Max(0, value)), null);

    internal static LensValue Because(string reason) => new(null, reason);
}
