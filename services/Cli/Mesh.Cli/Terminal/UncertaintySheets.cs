using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>How the uncertainty of risk is laid out, from files and from services alike.</summary>
internal static class UncertaintySheets
{
    /// <summary>What moves the risk little is in the JSON.</summary>
    private const int LongestTornado = 12;

    /// <param name="only">The portfolio that was asked for, or null for all that are listed.</param>
    /// <param name="beside">The same under the lens crisp, or null.</param>
    public static void Write(
        Shell shell, UncertaintyFigures figures, IReadOnlyList<string>? only, UncertaintyFigures? beside = null)
    {
        var shown = figures.Portfolios.Where(one => only is null || one.Techniques.ToHashSet().SetEquals(only));
        Sheet[] sheets = [Portfolios([.. shown], beside), Comparisons(figures, only), FailureModes(figures), Tornado(figures)];
        foreach (var (sheet, place) in sheets.Where(sheet => sheet.Rows > 0).Select((sheet, place) => (sheet, place)))
        {
            if (place > 0)
                shell.Out.WriteLine();
            sheet.Write(shell);
        }
    }

    /// <summary>How the numbers came about; enough to get them again.</summary>
    public static string Legend(UncertaintySampling sampling) =>
        $"{sampling.Draws} draws, seed {sampling.Seed}, uncertainty shared by {sampling.Shared}, of {sampling.UncertainCells} cells and "
        + $"{sampling.UncertainLikelihoods} likelihoods; every other number is taken as certain. Places are among portfolios of as many "
        + "techniques; equals share the better one.";

    private static Sheet Portfolios(IReadOnlyList<PortfolioUncertainty> portfolios, UncertaintyFigures? beside)
    {
        var crisp = beside?.Portfolios.ToDictionary(one => Name(one.Techniques), one => one.Mean);
        return Sheet.Build(
            null, portfolios,
            [
                new("portfolio", (one, _) => Name(one.Techniques)),
                new("mean", (one, _) => Show.Number(one.Mean ?? one.SampledMean)),
                new("crisp", (one, _) => Show.Number(crisp![Name(one.Techniques)]), crisp is not null),
                new("sd", (one, _) => Show.Number(one.Sd)),
                new("5%", (one, _) => Show.Number(one.Quantiles.P05)),
                new("median", (one, _) => Show.Number(one.Quantiles.P50)),
                new("95%", (one, _) => Show.Number(one.Quantiles.P95)),
                new("first of its size", (one, _) => Show.Percent(one.Ranks[0])),
                new("mean place", (one, _) => Place(one.MeanRank)),
                new("of", (one, _) => Show.Count(one.SameSize)),
                new("open cells at 0 to 1", (one, _) => Range(one.OpenBounds), portfolios.Any(one => one.OpenBounds is not null)),
                new("contested cells", (one, _) => Range(one.ContestedBounds), portfolios.Any(one => one.ContestedBounds is not null)),
            ]);
    }

    private static Sheet Comparisons(UncertaintyFigures figures, IReadOnlyList<string>? only)
    {
        var sheet = new Sheet("portfolio", "other", "less risk than the other", "the same")
        {
            Title = "Two portfolios in the same draws",
        };
        foreach (var pair in figures.Comparisons)
            if (only is null || only.ToHashSet().SetEquals(pair.Portfolio) || only.ToHashSet().SetEquals(pair.Other))
                sheet.Add(Name(pair.Portfolio), Name(pair.Other), Show.Percent(pair.Better), Show.Percent(pair.Equal));
        return sheet;
    }

    private static Sheet FailureModes(UncertaintyFigures figures)
    {
        var sheet = new Sheet("failure mode", "criticality 5%", "median", "95%", "first", "mean place")
        {
            Title = $"How sure the importance of the failure modes is for {Name(figures.ImportanceOf)}",
        };
        foreach (var mode in figures.FailureModes.OrderBy(mode => mode.MeanRank))
            sheet.Add(
                mode.FailureMode, Show.Percent(mode.Criticality.P05), Show.Percent(mode.Criticality.P50),
                Show.Percent(mode.Criticality.P95), Show.Percent(mode.Ranks[0]), Place(mode.MeanRank));
        return sheet;
    }

    private static Sheet Tornado(UncertaintyFigures figures)
    {
        var sheet = new Sheet("not known", "of", "risk at its 5%", "at its 95%", "swing")
        {
            Title = $"What one of them does to the risk of {Name(figures.ImportanceOf)}, all else at its mean",
        };
        foreach (var swing in figures.Tornado.Take(LongestTornado))
            sheet.Add(
                swing.Kind, swing.Name, Show.Number(swing.Low), Show.Number(swing.High), Show.Number(swing.High - swing.Low));
        return sheet;
    }

    private static string Name(IReadOnlyList<string> techniques) => string.Join("+", techniques);

    private static string Place(double rank) => Show.Number(Math.Round(rank, 2));

    private static string Range(IReadOnlyList<double>? bounds) =>
        bounds is null ? Show.Nothing : $"{Show.Number(bounds[0])} to {Show.Number(bounds[1])}";
}
