using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RatingIntake.Service.ImportingRatings;

/// <summary>Rows that one command of one rater carries, in the order of the file.</summary>
internal sealed record ImportSheet(string Subject, bool Withdraws, int? Round, IReadOnlyList<ImportRow> Rows);

/// <summary>Orders a file's rows into commands: a later row of the same rater and quantity supersedes the earlier one.</summary>
internal static class ImportPlan
{
    public static List<ImportSheet> Sheets(IEnumerable<ImportRow> rows, string defaultSubject)
    {
        var sheets = new List<ImportSheet>();
        foreach (var rater in rows.GroupBy(row => row.Rater.Length == 0 ? defaultSubject : row.Rater))
        {
            var open = new List<ImportRow>();
            foreach (var row in rater)
            {
                if (open.Count > 0 && StartsAnew(open, row)) Close(open);
                open.Add(row);
            }

            Close(open);

            void Close(List<ImportRow> full)
            {
                sheets.Add(new ImportSheet(rater.Key, full[0].Withdrawn, full[0].Round, [.. full]));
                full.Clear();
            }
        }

        return sheets;
    }

    /// <summary>Rows that name somebody whom the caller may not rate for.</summary>
    public static IEnumerable<ImportError> Strangers(IEnumerable<ImportRow> rows, Caller caller)
    {
        foreach (var row in rows)
        {
            if (row.Organisation.Length > 0 && row.Organisation != caller.Organisation)
                yield return new ImportError(
                    row.Row, "organisation", "another-organisation",
                    $"organisation is '{row.Organisation}'; allowed: {caller.Organisation} or empty.");
            if (row.Rater.Length > 0 && row.Rater != caller.Subject && !caller.Is(Access.OrgAdmin))
                yield return new ImportError(
                    row.Row, "rater", "another-rater",
                    $"rater is '{row.Rater}'; allowed: {caller.Subject} or empty, or let an org-admin import.");
        }
    }

    /// <summary>Refusals of a sheet as errors of its rows; one that names no item concerns every row.</summary>
    public static IEnumerable<ImportError> Errors(IReadOnlyList<Refusal> refusals, ImportSheet sheet) =>
        refusals.FirstOrDefault(refusal => refusal.Item is null) is { } general
            ? sheet.Rows.Select(row => Error(general, row.Row))
            : refusals.Select(refusal => Error(refusal, sheet.Rows[Index(refusal.Item!)].Row));

    private static ImportError Error(Refusal refusal, int row)
    {
        var column = refusal.Field switch
        {
            "failureMode" => "failure_mode",
            { } field when RatingColumns.All.Contains(field) => field,
            _ => null,
        };
        return new ImportError(row, column, Refusal.Slug(refusal.Reason), IntakeProblems.Sentence(refusal with { Item = null }));
    }

    private static bool StartsAnew(List<ImportRow> open, ImportRow row) =>
        open[0].Withdrawn != row.Withdrawn || open[0].Round != row.Round || open.Count == SubmitRatings.MostItems
        || open.Any(earlier => Of(earlier) == Of(row));

    private static Quantity Of(ImportRow row) => new(row.Item.Technique, row.Item.FailureMode);

    private static int Index(string item) => int.Parse(item["items[".Length..^1], CultureInfo.InvariantCulture);
}
