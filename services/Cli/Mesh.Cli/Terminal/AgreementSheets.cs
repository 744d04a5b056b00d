using System.Globalization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>How agreement is laid out: all raters, each organisation's, and the organisations among each other.</summary>
internal sealed class AgreementSheets
{
    private readonly Sheet _main = new(
        "agreement of", "coders", "cells", "by two", "same", "alpha", "95% interval");

    private readonly Sheet _others = new("agreement of", "nominal", "interval", "ratio", "Fleiss", "AC1", "AC2")
    {
        Title = "Other coefficients: alpha by other distances, Fleiss' kappa, Gwet's AC",
    };

    public AgreementSheets(
        AgreementFigures overall, IEnumerable<AgreementFigures> byOrganisation, AgreementFigures betweenOrganisations)
    {
        Add("all raters", overall);
        foreach (var own in byOrganisation)
            Add($"raters of {own.Organisation}", own);
        Add("organisations", betweenOrganisations);
    }

    public void Write(Shell shell, AgreementBootstrap bootstrap)
    {
        _main.Write(shell);
        shell.Out.WriteLine();
        _others.Write(shell);
        shell.Say("alpha: Krippendorff's, ordinal, of verdicts: 1 without exception, 0 as by chance. same: pairs with the same verdict.");
        shell.Say(
            $"Intervals: {bootstrap.Replicates} resamples of the cells, seed {bootstrap.Seed}, {bootstrap.Undefined} of them without a "
            + "value.");
    }

    private void Add(string of, AgreementFigures figures)
    {
        var alphas = figures.Krippendorff;
        string Shown(string name, double? value) => value is { } number ? Number(number) : figures.Undefined[name].Replace('_', ' ');
        _main.Add(
            of, Show.Count(figures.Coders), Show.Count(figures.Units), Show.Count(figures.Pairable), Show.Percent(figures.PercentAgreement),
            Shown("ordinal", alphas.Ordinal),
            alphas.Ordinal95 is [var low, var high] ? $"{Number(low)} to {Number(high)}" : Show.Nothing);
        _others.Add(
            of, Shown("nominal", alphas.Nominal), Shown("interval", alphas.Interval), Shown("ratio", alphas.Ratio),
            Shown("fleiss", figures.Fleiss), Shown("gwetAC1", figures.GwetAC1),
            Shown("gwetAC2", figures.GwetAC2));
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
