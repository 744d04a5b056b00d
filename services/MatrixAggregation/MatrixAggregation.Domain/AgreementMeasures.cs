using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// How far some coders agree on the cells they judged. Nominal and ordinal alpha and everything after the four alphas look at
/// verdicts, the categories being resistant, uncertain and vulnerable whether chosen or not; interval and ratio alpha look at
/// the numbers, 0.15, 0.5 and 0.85 where only a verdict was given.
/// </summary>
/// <param name="Units">Cells judged by at least one of the coders.</param>
/// <param name="Pairable">Cells judged by at least two of them.</param>
/// <param name="Coders">Coders who judged at least one cell.</param>
/// <param name="PercentAgreement">
/// Mean over pairable cells of the share of pairs of coders with the same verdict, 0..1; null without pairs.
/// </param>
/// <param name="Fleiss">Unweighted.</param>
/// <param name="GwetAC1">Unweighted; defined and 1 where everybody always said the same.</param>
/// <param name="GwetAC2">Linear weights: one step between verdicts is half an agreement.</param>
public sealed record AgreementMeasures(
    int Units, int Pairable, int Coders, Alpha Nominal, Alpha Ordinal, Alpha Interval, Alpha Ratio, double? PercentAgreement,
    AgreementCoefficient Fleiss, AgreementCoefficient GwetAC1, AgreementCoefficient GwetAC2)
{
    private const int Categories = 3;

    private static readonly double[][] Identity = AgreementWeights.Identity(Categories);
    private static readonly double[][] Linear = AgreementWeights.Linear(Categories);

    /// <param name="units">What was said of each cell; cells of which nothing was said are no units.</param>
    internal static AgreementMeasures Of(IEnumerable<Coding[]> units, Bootstrap bootstrap)
    {
        Coding[][] judged = [.. units.Where(unit => unit.Length > 0)];
        var columns = judged.SelectMany(unit => unit).Select(coding => coding.Coder).Distinct().Order()
            .Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var verdicts = Table(judged, columns, coding => (int)coding.Verdict);
        var numbers = Table(judged, columns, coding => coding.Number);
        var categorical = Krippendorff.Alphas(verdicts, [AlphaMetric.Nominal, AlphaMetric.Ordinal], bootstrap);
        var numeric = Krippendorff.Alphas(numbers, [AlphaMetric.Interval, AlphaMetric.Ratio], bootstrap);
        int[][] counts = [.. judged.Select(Counts)];
        var ac1 = AgreementCoefficient.Gwet(counts, Identity);
        return new(
            verdicts.Units, verdicts.Pairable, verdicts.Coders, categorical[0], categorical[1], numeric[0], numeric[1], ac1.Observed,
            AgreementCoefficient.Fleiss(counts, Identity), ac1, AgreementCoefficient.Gwet(counts, Linear));
    }

    /// <summary>As they are published, every null with its reason.</summary>
    public AgreementFigures Figures(string? organisation = null) => new(
        Units, Pairable, Coders,
        new(
            Nominal.Value, Ordinal.Value, Interval.Value, Ratio.Value, Bounds(Nominal), Bounds(Ordinal), Bounds(Interval), Bounds(Ratio)),
        Fleiss.Value, GwetAC1.Value, GwetAC2.Value, PercentAgreement, Reasons(), organisation);

    private Dictionary<string, string> Reasons() => new (string Name, string? Reason)[]
    {
        ("nominal", Nominal.Undefined), ("ordinal", Ordinal.Undefined), ("interval", Interval.Undefined), ("ratio", Ratio.Undefined),
        ("fleiss", Fleiss.Undefined), ("gwetAC1", GwetAC1.Undefined), ("gwetAC2", GwetAC2.Undefined),
    }
    .Where(one => one.Reason is not null).ToDictionary(one => one.Name, one => one.Reason!);

    private static double[]? Bounds(Alpha alpha) => alpha is { Lower95: { } lower, Upper95: { } upper } ? [lower, upper] : null;

    private static ReliabilityData Table(Coding[][] units, Dictionary<RaterKey, int> columns, Func<Coding, double> value)
    {
        var rows = new double?[units.Length][];
        for (var u = 0; u < units.Length; u++)
        {
            rows[u] = new double?[columns.Count];
            foreach (var coding in units[u])
                rows[u][columns[coding.Coder]] = value(coding);
        }

        return ReliabilityData.Of(rows);
    }

    private static int[] Counts(Coding[] unit)
    {
        var counts = new int[Categories];
        foreach (var coding in unit)
            counts[(int)coding.Verdict]++;
        return counts;
    }
}
