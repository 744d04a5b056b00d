using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.MatrixAggregation.Service.MeasuringAgreement;

/// <summary>Agreement as a tidy table: one row a comparison; what is undefined is empty, with its reason in the last column.</summary>
internal static class AgreementCsv
{
    private const string Header =
        "study,version,comparison,organisation,coders,cells,pairable,percent_agreement,alpha_nominal,nominal_lower95,nominal_upper95," +
        "alpha_ordinal,ordinal_lower95,ordinal_upper95,alpha_interval,interval_lower95,interval_upper95,alpha_ratio,ratio_lower95," +
        "ratio_upper95,fleiss,gwet_ac1,gwet_ac2,seed,replicates,undefined";

    public static string Write(MatrixAgreement agreement) => Csv.Write(
        Header,
        [
            Row(agreement, "raters", agreement.Overall),
            .. agreement.ByOrganisation.Select(figures => Row(agreement, "raters_of_organisation", figures)),
            Row(agreement, "organisations", agreement.BetweenOrganisations),
        ]);

    private static string?[] Row(MatrixAgreement agreement, string comparison, AgreementFigures figures)
    {
        var alpha = figures.Krippendorff;
        return
        [
            agreement.Study, Csv.Number(agreement.Version), comparison, figures.Organisation, Csv.Number(figures.Coders),
            Csv.Number(figures.Units), Csv.Number(figures.Pairable), Csv.Number(figures.PercentAgreement),
            .. Alpha(alpha.Nominal, alpha.Nominal95), .. Alpha(alpha.Ordinal, alpha.Ordinal95), .. Alpha(alpha.Interval, alpha.Interval95),
            .. Alpha(alpha.Ratio, alpha.Ratio95), Csv.Number(figures.Fleiss), Csv.Number(figures.GwetAC1), Csv.Number(figures.GwetAC2),
            Csv.Number(agreement.Bootstrap.Seed), Csv.Number(agreement.Bootstrap.Replicates),
            string.Join(' ', figures.Undefined.Select(one => $"{one.Key}={one.Value}")),
        ];
    }

    private static string?[] Alpha(double? value, IReadOnlyList<double>? bounds) =>
        [Csv.Number(value), Csv.Number(bounds?[0]), Csv.Number(bounds?[1])];
}
