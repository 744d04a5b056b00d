using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>How the matrix under other constants of ROHL-1 is laid out.</summary>
internal static class SensitivitySheets
{
    public static void Write(Shell shell, IReadOnlyList<SensitivityVariant> variants)
    {
        Variants(variants).Write(shell);
        if (variants.All(row => row.ChangedVerdicts == 0))
            return;
        shell.Out.WriteLine();
        Changes(variants).Write(shell);
    }

    private static Sheet Variants(IReadOnlyList<SensitivityVariant> variants)
    {
        var sheet = new Sheet("constant", "value", "changed verdicts", "largest shift", "technique", "failure mode")
        {
            Title = "One constant of rohl-1 changed at a time (published: rho 0.5, s-min 0.6, nu 2)",
        };
        foreach (var row in variants)
            sheet.Add(
                row.Constant, Show.Number(row.Value), $"{row.ChangedVerdicts} of {row.RatedCells}", Show.Points(row.LargestShift),
                row.Technique ?? Show.Nothing, row.FailureMode ?? Show.Nothing);
        return sheet;
    }

    private static Sheet Changes(IReadOnlyList<SensitivityVariant> variants)
    {
        var sheet = new Sheet("technique", "failure mode", "with", "verdict", "instead", "mean", "instead")
        {
            Title = "Cells with another verdict",
        };
        foreach (var row in variants)
            foreach (var change in row.Changes)
                sheet.Add(
                    change.Technique, change.FailureMode, $"{row.Constant} {Show.Number(row.Value)}", change.Verdict, change.Instead,
                    Show.Percent(change.Mean), Show.Percent(change.MeanInstead));
        return sheet;
    }
}
