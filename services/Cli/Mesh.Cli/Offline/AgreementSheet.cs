using System.Globalization;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>How agreement is laid out: all raters, each organisation's, and the organisations among each other.</summary>
internal static class AgreementSheet
{
    public static Sheet Of(OfflineAgreement agreement)
    {
        var sheet = new Sheet(
            "agreement of", "coders", "cells", "by two or more", "same verdict", "alpha ordinal", "95% interval", "nominal", "interval",
            "ratio", "Fleiss", "AC1", "AC2");
        Add(sheet, "all raters", agreement);
        foreach (var organisation in agreement.ByOrganisation)
            Add(sheet, $"raters of {organisation.Organisation}", organisation);
        Add(sheet, "organisations", agreement.BetweenOrganisations);
        return sheet;
    }

    public static string Legend(OfflineBootstrap bootstrap) =>
        $"1: without exception, 0: as by chance. Intervals: {bootstrap.Replicates} resamples of the cells, seed {bootstrap.Seed}, "
        + $"{bootstrap.Undefined} of them without a value.";

    private static void Add(Sheet sheet, string of, OfflineMeasures measures)
    {
        var alphas = measures.Krippendorff;
        string Shown(string name, double? value) =>
            value is { } number ? Number(number) : measures.Undefined[name].Replace('_', ' ');
        sheet.Add(
            of, Show.Count(measures.Coders), Show.Count(measures.Units), Show.Count(measures.Pairable),
            Show.Percent(measures.PercentAgreement), Shown("ordinal", alphas.Ordinal),
            alphas.Ordinal95 is [var low, var high] ? $"{Number(low)} to {Number(high)}" : Show.Nothing,
            Shown("nominal", alphas.Nominal), Shown("interval", alphas.Interval), Shown("ratio", alphas.Ratio),
            Shown("fleiss", measures.Fleiss), Shown("gwetAC1", measures.GwetAC1), Shown("gwetAC2", measures.GwetAC2));
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
