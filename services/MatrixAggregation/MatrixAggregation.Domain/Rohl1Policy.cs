using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// The constants of ROHL-1 that are choices and not mathematics. The defaults are <c>rohl-1</c>; any other value is another
/// method: of a study that chose it (<see cref="StudyPolicy"/>) or to see how much the choice matters, never under that id alone.
/// </summary>
public sealed record Rohl1Policy
{
    // logit(0.85).
    private const double VerdictLogit = 1.7346010553881064;

    public static Rohl1Policy Default { get; } = new();

    /// <summary>Correlation of the errors of colleagues, 0..1; n of them weigh at most as 1 / rho independent ones.</summary>
    public double Rho { get; init => field = Within(value, AggregationRanges.Rho, nameof(Rho)); } = 0.5;

    /// <summary>Standard deviation between colleagues beyond what they state, in logits, 0.1..5.</summary>
    public double SigmaWithin { get; init => field = Within(value, AggregationRanges.SigmaWithin, nameof(SigmaWithin)); } = 0.75;

    /// <summary>Least standard deviation of an interval, in logits, 0.1..2.5: the narrowest intervals earn no more.</summary>
    public double SMin { get; init => field = Within(value, AggregationRanges.SMin, nameof(SMin)); } = 0.6;

    /// <summary>Degrees of freedom between organisations: 1, 2 or 4, for which the density needs square roots only.</summary>
    public int Nu
    {
        get;
        init => field = AggregationRanges.Nu.Contains(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Nu), value, string.Join(", ", AggregationRanges.Nu));
    } = 2;

    /// <summary>Scale of the half-normal prior of the standard deviation between organisations, in logits, 0.05..5.</summary>
    public double TauScale { get; init => field = Within(value, AggregationRanges.TauScale, nameof(TauScale)); } = 0.5;

    /// <summary>Where a verdict without a number lies, in logits: -4.6..0, -1..1, 0..4.6; by default those of 0.15, 0.5, 0.85.</summary>
    public double ResistantLogit
    {
        get;
        init => field = Within(value, AggregationRanges.ResistantLogit, nameof(ResistantLogit));
    } = -VerdictLogit;

    /// <inheritdoc cref="ResistantLogit"/>
    public double UncertainLogit { get; init => field = Within(value, AggregationRanges.UncertainLogit, nameof(UncertainLogit)); }

    /// <inheritdoc cref="ResistantLogit"/>
    public double VulnerableLogit
    {
        get;
        init => field = Within(value, AggregationRanges.VulnerableLogit, nameof(VulnerableLogit));
    } = VerdictLogit;

    /// <summary>As they are published.</summary>
    public RohlConstants Constants =>
        new(Rho, SigmaWithin, SMin, Nu, TauScale, ResistantLogit, UncertainLogit, VulnerableLogit);

    // An infinite or missing number fails every comparison.
    private static double Within(double value, (decimal Least, decimal Most) range, string name) =>
        value >= (double)range.Least && value <= (double)range.Most
            ? value
            : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{range.Least} to {range.Most}"));
}
