using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.ReadingRisk;

/// <summary>Portfolios as RFC 4180 CSV, one row each. Every row says what it belongs to and what kind of number it is.</summary>
internal static class RiskCsv
{
    private const string Columns =
        "study,label,version,lens,method,matrix_digest,name,techniques,joint,joint_shared_by_mode,joint_with_floor,independent,"
        + "dependence_effect,effective_layers,frechet_low,frechet_high,unrated_low,unrated_high,safety_tax,incomplete,statement";

    public static string Of(RiskReport report) => Table(Columns, report.Portfolios.Select(portfolio => Row(
        report.Study, report.Label, report.Version, report.Lens, report.Method, report.MatrixDigest, portfolio, report.Statement)));

    public static string Of(PortfolioReport report) => Table(Columns, [Row(
        report.Study, report.Label, report.Version, report.Lens, report.Method, report.MatrixDigest, report.Portfolio, report.Statement)]);

    /// <summary>One row each, after what they belong to and before what kind of number they are.</summary>
    /// <param name="columns">The rows' own.</param>
    public static string Table(
        string study, string? label, long version, string lens, string method, string digest, string statement, string columns,
        IEnumerable<IEnumerable<string>> rows)
    {
        var before = string.Join(',', Text(study), Text(label), Count(version), Text(lens), Text(method), digest);
        return Table(
            $"study,label,version,lens,method,matrix_digest,{columns},statement",
            rows.Select(row => $"{before},{string.Join(',', row)},{Text(statement)}"));
    }

    public static string Table(string columns, IEnumerable<string> rows) =>
        new StringBuilder(columns).Append("\r\n").AppendJoin("\r\n", rows).Append("\r\n").ToString();

    private static string Row(
        string study, string? label, long version, string lens, string method, string digest, PortfolioRisk risk, string statement) =>
        string.Join(',',
            Text(study), Text(label), Count(version), Text(lens), Text(method), digest,
            Text(risk.Name), Ids(risk.Techniques), Number(risk.Joint), Number(risk.JointSharedByMode),
            Number(risk.JointWithFloor), Number(risk.Independent), Number(risk.DependenceEffect), Number(risk.EffectiveLayers),
            Number(risk.Frechet[0]), Number(risk.Frechet[1]), Number(risk.UnratedBounds[0]), Number(risk.UnratedBounds[1]),
            Number(risk.SafetyTax), risk.Incomplete ? "true" : "false", Text(statement));

    public static string Ids(IEnumerable<string> ids) => Text(string.Join('+', ids));

    public static string Count(long value) => Csv.Number(value);

    public static string Number(double? value) => Csv.Number(value) ?? "";

    public static string Text(string? value) => Csv.Text(value);
}
