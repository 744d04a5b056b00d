using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;

namespace AlignmentMesh.RiskScoring.Service.ComparingTechniques;

/// <summary>Pairs of techniques as RFC 4180 CSV, one row each.</summary>
internal static class OverlapCsv
{
    private const string Columns =
        "a,b,joint,phi,phi_share,a_given_b,b_given_a,jaccard,row_overlap";

    public static string Of(RiskOverlap answer) => RiskCsv.Table(
        answer.Study, answer.Label, answer.Version, answer.Lens, answer.Method, answer.MatrixDigest, answer.Statement, Columns,
        answer.Pairs.Select(pair => new[]
        {
            RiskCsv.Text(pair.A), RiskCsv.Text(pair.B), RiskCsv.Number(pair.Joint), RiskCsv.Number(pair.Phi), RiskCsv.Number(pair.PhiShare),
            RiskCsv.Number(pair.AGivenB), RiskCsv.Number(pair.BGivenA), RiskCsv.Number(pair.Jaccard), RiskCsv.Number(pair.RowOverlap),
        }));
}
