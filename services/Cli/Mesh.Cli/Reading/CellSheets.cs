using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary>How a cell's reasons are laid out: what is said, in words what it rests on, then who said what and since when.</summary>
internal static class CellSheets
{
    public static void Write(Shell shell, CellLineage cell)
    {
        shell.Out.WriteLine($"{cell.Technique} x {cell.FailureMode} of {Show.Heading(cell.Study, cell.Label, cell.Version)}");
        Consensus(cell).Write(shell);
        foreach (var line in Words(cell))
            shell.Out.WriteLine(line);
        foreach (var (rows, sheet) in (IEnumerable<(int, Sheet)>)[Organisations(cell), Methods(cell), .. Ratings(cell), History(cell)])
        {
            if (rows == 0)
                continue;
            shell.Out.WriteLine();
            sheet.Write(shell);
        }

        if (cell.Constants is { } constants)
            shell.Out.WriteLine(
                $"Method {cell.Method}: rho {Show.Number(constants.Rho)}, s-min {Show.Number(constants.SMin)}, nu {constants.Nu}, "
                + $"sigma {Show.Number(constants.SigmaWithin)}, tau {Show.Number(constants.TauScale)}.");
        shell.Out.WriteLine($"Digest {cell.Digest}");
    }

    private static Sheet Consensus(CellLineage cell)
    {
        var sheet = new Sheet("lens", "mean", "90% interval", "verdict", "status", "by", "raters") { Title = "Consensus" };
        foreach (var (lens, said) in cell.Lenses.OrderBy(pair => pair.Key != ReadingOptions.Headline))
            sheet.Add(
                lens, Show.Percent(said.Mean), Show.Interval(said.Lower90, said.Upper90), said.Verdict ?? Show.Nothing, said.Status,
                $"{said.Organisations} org.", Show.Count(said.Raters));
        return sheet;
    }

    private static IEnumerable<string> Words(CellLineage cell)
    {
        if (cell.Lenses.GetValueOrDefault(ReadingOptions.Headline) is { PVulnerable: not null } said)
            yield return $"Resistant {Show.Percent(said.PResistant)}, uncertain {Show.Percent(said.PUncertain)}, vulnerable "
                + $"{Show.Percent(said.PVulnerable)} probable.";
        if (cell.Multiverse is { Lowest: not null } row)
            yield return $"By other methods {Show.Percent(row.Lowest)} to {Show.Percent(row.Highest)}; {row.Agreeing} of {row.Defined} "
                + "have the same verdict.";
        if (cell.Disagreement is { } apart)
            yield return $"Disagreement, at most 1: between organisations {Show.Share(apart.Between)}, within {Show.Share(apart.Within)}, "
                + $"of verdicts {Show.Share(apart.Ordinal)}.";
        if (cell.EffectiveRaters > 0)
            yield return $"Raters: {cell.Lenses[ReadingOptions.Headline].Raters}, effective {Show.Share(cell.EffectiveRaters)}, worth "
                + $"{Show.Share(cell.IndependentRaters)} independent ones.";
        if (cell.Fragile)
            yield return "Fragile: without one of the organisations the verdict would be another one.";
        if (cell.AiRaters is { } ai)
            yield return $"AI raters: {ai.Raters}, not counted; with them the mean would be {Show.Percent(ai.Mean)}, {ai.Verdict}.";
    }

    private static (int, Sheet) Organisations(CellLineage cell)
    {
        var sheet = new Sheet("organisation", "raters", "mean", "moves it by", "decides", "without it")
        {
            Title = "Organisations: how far each moves the mean, and whether it decides the verdict",
        };
        foreach (var part in cell.Organisations)
            sheet.Add(
                part.Organisation, Show.Count(part.Raters), Show.Percent(part.Mean), Show.Points(part.Influence),
                part.FlipsVerdict ? "yes" : "no", part.VerdictWithout ?? Show.Nothing);
        return (cell.Organisations.Count, sheet);
    }

    private static (int, Sheet) Methods(CellLineage cell)
    {
        var sheet = new Sheet("method", "value", "verdict", "remark") { Title = "The same ratings by other methods" };
        var outcomes = cell.Multiverse is { Lowest: not null } row ? row.Lenses : [];
        foreach (var outcome in outcomes)
            sheet.Add(
                outcome.Lens, Show.Percent(outcome.Value), outcome.Verdict ?? Show.Nothing,
                outcome.Undefined?.Replace('_', ' ') ?? Remark(outcome.ValidFor));
        return (outcomes.Count, sheet);
    }

    private static string Remark(string validFor) => validFor == "any judged probability" ? "" : validFor.Split(';')[0];

    /// <summary>What counts, then what does not, by reason.</summary>
    private static IEnumerable<(int, Sheet)> Ratings(CellLineage cell) => cell.Ratings
        .GroupBy(rating => rating.NotCountedBecause).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => (group.Count(), Ratings(group, group.Key switch
        {
            null => "Ratings",
            "stale" => "Stale ratings: the definition changed since, so they wait to be given again",
            "ai_rater" => "Ratings of AI raters: shown, not counted",
            "organisation_removed" => "Ratings of organisations that were removed: not counted",
            var other => $"Not counted: {other.Replace('_', ' ')}",
        })));

    private static Sheet Ratings(IEnumerable<RatingLineage> ratings, string title)
    {
        var sheet = new Sheet("organisation", "rater", "round", "verdict", "best", "bounds", "ledger", "recorded", "trace")
        {
            Title = title,
        };
        foreach (var rating in ratings)
        {
            var confidence = rating.Confidence is null ? "" : $" ({rating.Confidence})";
            sheet.Add(
                rating.Organisation, rating.Rater, Show.Count(rating.Round), rating.Verdict ?? Show.Nothing, rating.Best ?? Show.Nothing,
                rating.Lower is null && rating.Upper is null ? Show.Nothing : $"{rating.Lower} to {rating.Upper}{confidence}",
                Show.Count(rating.LedgerIndex), Show.Second(rating.RecordedAt), rating.TraceId ?? Show.Nothing);
        }

        return sheet;
    }

    private static (int, Sheet) History(CellLineage cell)
    {
        var changes = cell.History?.Changes ?? [];
        var sheet = new Sheet("version", "as of", "mean", "90% interval", "verdict", "status", "raters")
        {
            Title = cell.History?.Next is null ? "History" : $"History, the newest {changes.Count} changes",
        };
        foreach (var change in changes)
            sheet.Add(
                Show.Count(change.Version), Show.Second(change.AsOf), Show.Percent(change.Mean),
                Show.Interval(change.Lower90, change.Upper90), change.Verdict ?? Show.Nothing, MatrixSheets.Status(change.Status),
                Show.Count(change.Raters));
        return (changes.Count, sheet);
    }
}
