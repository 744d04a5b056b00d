using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;

namespace AlignmentMesh.RiskScoring.Service.RankingFailureModes;

/// <summary>Failure modes as RFC 4180 CSV, one row each: for the portfolio, then averaged over all portfolios.</summary>
internal static class ImportanceCsv
{
    private const string Columns =
        "portfolio,failure_mode,birnbaum,criticality,diagnostic,raw,rrw,dim_uniform,dim_proportional,mean_birnbaum,mean_criticality,"
        + "mean_diagnostic,mean_raw,first,portfolios";

    public static string Of(RiskImportance answer) => RiskCsv.Table(
        answer.Study, answer.Label, answer.Version, answer.Lens, answer.Method, answer.MatrixDigest, answer.Statement, Columns,
        answer.Importance.Select((mode, j) => Row(
            answer, mode, answer.Differential[j], answer.Averages.FirstOrDefault(average => average.FailureMode == mode.FailureMode))));

    private static string[] Row(
        RiskImportance answer, FailureModeImportance mode, DifferentialImportance share, AverageImportance? average) =>
    [
        RiskCsv.Ids(answer.Portfolio), RiskCsv.Text(mode.FailureMode), RiskCsv.Number(mode.Birnbaum), RiskCsv.Number(mode.Criticality),
        RiskCsv.Number(mode.Diagnostic), RiskCsv.Number(mode.Raw), RiskCsv.Number(mode.Rrw), RiskCsv.Number(share.Uniform),
        RiskCsv.Number(share.Proportional), RiskCsv.Number(average?.Birnbaum), RiskCsv.Number(average?.Criticality),
        RiskCsv.Number(average?.Diagnostic), RiskCsv.Number(average?.Raw), RiskCsv.Number(average?.First),
        RiskCsv.Number(average?.Portfolios),
    ];
}
