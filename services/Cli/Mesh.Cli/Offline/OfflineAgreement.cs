using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>Coefficients of agreement as <c>mesh aggregate --agreement --json</c> writes them; null where undefined.</summary>
internal record OfflineMeasures(
    int Units, int Pairable, int Coders, OfflineAlphas Krippendorff, double? Fleiss, double? GwetAC1, double? GwetAC2,
    double? PercentAgreement, IReadOnlyDictionary<string, string> Undefined)
{
    public OfflineMeasures(AgreementMeasures measures)
        : this(
            measures.Units, measures.Pairable, measures.Coders, new(measures), measures.Fleiss.Value, measures.GwetAC1.Value,
            measures.GwetAC2.Value, measures.PercentAgreement, Reasons(measures))
    {
    }

    /// <summary>Why a coefficient is null, by its name; only those that are.</summary>
    private static Dictionary<string, string> Reasons(AgreementMeasures measures) => new (string Name, string? Reason)[]
    {
        ("nominal", measures.Nominal.Undefined), ("ordinal", measures.Ordinal.Undefined), ("interval", measures.Interval.Undefined),
        ("ratio", measures.Ratio.Undefined), ("fleiss", measures.Fleiss.Undefined), ("gwetAC1", measures.GwetAC1.Undefined),
        ("gwetAC2", measures.GwetAC2.Undefined),
    }
    .Where(one => one.Reason is not null).ToDictionary(one => one.Name, one => one.Reason!);
}

/// <summary>Krippendorff's alpha under each metric; intervals are [2.5 %, 97.5 %] of the defined replicates.</summary>
internal sealed record OfflineAlphas(
    double? Nominal, double? Ordinal, double? Interval, double? Ratio, IReadOnlyList<double>? Nominal95, IReadOnlyList<double>? Ordinal95,
    IReadOnlyList<double>? Interval95, IReadOnlyList<double>? Ratio95)
{
    public OfflineAlphas(AgreementMeasures measures)
        : this(
            measures.Nominal.Value, measures.Ordinal.Value, measures.Interval.Value, measures.Ratio.Value, Bounds(measures.Nominal),
            Bounds(measures.Ordinal), Bounds(measures.Interval), Bounds(measures.Ratio))
    {
    }

    private static double[]? Bounds(Alpha alpha) => alpha is { Lower95: { } lower, Upper95: { } upper } ? [lower, upper] : null;
}

/// <param name="Undefined">Replicates without an ordinal alpha over all raters: its interval leaves them out.</param>
internal sealed record OfflineBootstrap(ulong Seed, int Replicates, int Undefined);

/// <summary>One organisation's raters among themselves.</summary>
internal sealed record OfflineOrganisation : OfflineMeasures
{
    public OfflineOrganisation(OrganisationAgreement one)
        : base(one.Measures) => Organisation = one.Organisation;

    public string Organisation { get; }
}

/// <summary>All raters, each organisation's, and the organisations.</summary>
internal sealed record OfflineAgreement : OfflineMeasures
{
    public OfflineAgreement(AgreementReport report)
        : base(report.Overall)
    {
        ByOrganisation = [.. report.ByOrganisation.Select(one => new OfflineOrganisation(one))];
        BetweenOrganisations = new(report.BetweenOrganisations);
        Bootstrap = new(report.Bootstrap.Seed, report.Bootstrap.Replicates, report.Overall.Ordinal.UndefinedReplicates);
    }

    public string Method { get; } = AgreementReport.Method;

    public IReadOnlyList<OfflineOrganisation> ByOrganisation { get; }

    public OfflineMeasures BetweenOrganisations { get; }

    public OfflineBootstrap Bootstrap { get; }
}
