using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;

namespace AlignmentMesh.RiskScoring.Service.CheckingPaper;

/// <summary>The conclusions as RFC 4180 CSV, one row each.</summary>
internal static class PaperCsv
{
    private const string Columns =
        "conclusion,verdict,figure,words";

    public static string Of(RiskPaper answer) => RiskCsv.Table(
        answer.Study, answer.Label, answer.Version, answer.Lens, answer.Method, answer.MatrixDigest, answer.Statement, Columns,
        answer.Conclusions.Select(one => new[]
        {
            RiskCsv.Text(one.Conclusion), one.Verdict, RiskCsv.Number(one.Figure), RiskCsv.Text(one.Words),
        }));
}
