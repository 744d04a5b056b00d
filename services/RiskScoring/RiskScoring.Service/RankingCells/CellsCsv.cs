using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;

namespace AlignmentMesh.RiskScoring.Service.RankingCells;

/// <summary>Cells as RFC 4180 CSV, one row each.</summary>
internal static class CellsCsv
{
    private const string Columns =
        "portfolio,joint,technique,failure_mode,vulnerability,derivative,interval_low,interval_high,joint_low,joint_high";

    public static string Of(RiskCells answer) => RiskCsv.Table(
        answer.Study, answer.Label, answer.Version, answer.Lens, answer.Method, answer.MatrixDigest, answer.Statement, Columns,
        answer.Cells.Select(cell => new[]
        {
            RiskCsv.Ids(answer.Portfolio), RiskCsv.Number(answer.Joint), RiskCsv.Text(cell.Technique), RiskCsv.Text(cell.FailureMode),
            RiskCsv.Number(cell.Vulnerability), RiskCsv.Number(cell.Derivative), RiskCsv.Number(cell.Interval?[0]),
            RiskCsv.Number(cell.Interval?[1]), RiskCsv.Number(cell.Joint?[0]), RiskCsv.Number(cell.Joint?[1]),
        }));
}
