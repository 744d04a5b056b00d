using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary>How the changes from one version to another are laid out.</summary>
internal static class DiffSheets
{
    private const int ShownEntries = 3;

    public static void Write(Shell shell, MatrixDiff diff)
    {
        shell.Out.WriteLine(
            $"{Show.Heading(diff.Study, diff.Label, diff.A.Version)} to {diff.B.Version}, lens {diff.Lens}: {diff.Cells.Count} cells "
            + $"changed, {diff.ChangedVerdicts} verdicts");
        Write(shell, diff.Cells.Count, Cells(diff.Cells));
        Write(shell, diff.Likelihoods.Count, Quantities(diff.Likelihoods, "Likelihoods", "failure mode"));
        Write(shell, diff.SafetyTaxes.Count, Quantities(diff.SafetyTaxes, "Safety taxes", "technique"));
        Write(shell, diff.Causes.Count, Entries(diff.Causes));
    }

    private static void Write(Shell shell, int rows, Sheet sheet)
    {
        if (rows == 0)
            return;
        shell.Out.WriteLine();
        sheet.Write(shell);
    }

    /// <summary>Those that move furthest first.</summary>
    private static Sheet Cells(IEnumerable<CellChange> changes)
    {
        var sheet = new Sheet("technique", "failure mode", "mean", "moves by", "90%", "verdict", "status", "entries")
        {
            Title = "Cells",
        };
        foreach (var change in changes.OrderByDescending(change => Math.Abs(change.MeanShift ?? double.PositiveInfinity)))
            sheet.Add(
                change.Technique, change.FailureMode, Pair(Show.Percent(change.Before?.Mean), Show.Percent(change.After.Mean)),
                Show.Points(change.MeanShift),
                Pair(
                    Show.Interval(change.Before?.Lower90, change.Before?.Upper90),
                    Show.Interval(change.After.Lower90, change.After.Upper90)),
                Pair(change.Before?.Verdict ?? Show.Nothing, change.After.Verdict ?? Show.Nothing),
                Pair(MatrixSheets.Status(change.Before?.Status ?? Show.Nothing), MatrixSheets.Status(change.After.Status)),
                Named(change.Causes, change.CauseCount));
        return sheet;
    }

    private static Sheet Quantities(IEnumerable<QuantityChange> changes, string title, string item)
    {
        var sheet = new Sheet(item, "value", "moves by", "organisations", "entries") { Title = title };
        foreach (var change in changes)
            sheet.Add(
                change.Id, Pair(Show.Number(change.Before?.Value), Show.Number(change.After.Value)), Show.Number(change.Shift),
                Pair(Show.Count(change.Before?.Organisations ?? 0), Show.Count(change.After.Organisations)),
                Named(change.Causes, change.CauseCount));
        return sheet;
    }

    private static Sheet Entries(IEnumerable<ChangeCause> causes)
    {
        var sheet = new Sheet("entry", "event", "organisation", "rater", "round") { Title = "Ledger entries that caused it" };
        foreach (var cause in causes)
            sheet.Add(
                Show.Count(cause.LedgerIndex), cause.Type, cause.Organisation ?? Show.Nothing, cause.Rater ?? Show.Nothing,
                cause.Round is { } round ? Show.Count(round) : Show.Nothing);
        return sheet;
    }

    /// <summary>On two lines of a terminal, on one in a pipe.</summary>
    private static string Pair(string before, string after) => before == after ? after : $"{before}\nto {after}";

    private static string Named(IReadOnlyList<long> causes, int count)
    {
        var newest = string.Join(' ', causes.TakeLast(ShownEntries));
        return count > ShownEntries ? $"{newest}\nand {count - ShownEntries} more" : newest;
    }
}
