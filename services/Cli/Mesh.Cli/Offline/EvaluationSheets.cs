using System.Globalization;
using System.Text;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>The two tables of an evaluation, for terminals and as Markdown.</summary>
internal static class EvaluationSheets
{
    private static readonly string[] ScoreColumns = ["lens", "Brier", "log", "right side", "discrimination", "Brier, attacked"];

    private static readonly string[] AttackColumns = ["lens", "joining, worst", "joining, mean", "replacing, worst", "replacing, mean"];

    public static void Write(Shell shell, Evaluation evaluation)
    {
        Sheet(ScoreColumns, Scores(evaluation), ScoresTitle(evaluation)).Write(shell);
        shell.Out.WriteLine();
        Sheet(AttackColumns, Attack(evaluation), AttackTitle).Write(shell);
    }

    public static string Markdown(Evaluation evaluation)
    {
        var text = new StringBuilder();
        Table(text, ScoreColumns, Scores(evaluation), ScoresTitle(evaluation));
        text.Append('\n');
        Table(text, AttackColumns, Attack(evaluation), AttackTitle);
        return text.ToString();
    }

    private const string AttackTitle =
        "Absolute shift of a claim when one organisation of 100 raters, all sure of 0 or all sure of 1, joins or takes the place of one.";

    private static string ScoresTitle(Evaluation evaluation) =>
        $"{evaluation.Claims} claims, {evaluation.Happened} of which came true; attacked: a further organisation of 100 raters, all "
        + "sure of the opposite of what happened.";

    private static IEnumerable<string[]> Scores(Evaluation evaluation) => evaluation.Scores.Select(row => new[]
    {
        row.Lens, Text(row.Brier), Text(row.Log), Text(row.Accuracy), Text(row.Discrimination), Text(row.BrierAttacked),
    });

    private static IEnumerable<string[]> Attack(Evaluation evaluation) => evaluation.Attack.Select(row => new[]
    {
        row.Lens, Text(row.JoiningWorst), Text(row.JoiningMean), Text(row.ReplacingWorst), Text(row.ReplacingMean),
    });

    private static Sheet Sheet(string[] columns, IEnumerable<string[]> rows, string title)
    {
        var sheet = new Sheet(columns) { Title = title };
        foreach (var row in rows)
            sheet.Add(row);
        return sheet;
    }

    private static void Table(StringBuilder text, string[] columns, IEnumerable<string[]> rows, string title)
    {
        text.Append(CultureInfo.InvariantCulture, $"{title}\n\n| {string.Join(" | ", columns)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(Enumerable.Repeat("---:|", columns.Length - 1))}\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
    }

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
