using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;

namespace AlignmentMesh.RiskScoring.Service.ScoringUncertainty;

/// <summary>The distribution of every listed portfolio as RFC 4180 CSV, one row each, with how it was drawn.</summary>
internal static class UncertaintyCsv
{
    private const string Columns =
        "study,label,version,lens,method,matrix_digest,seed,draws,shared,name,techniques,mean,sampled_mean,sd,p05,p25,p50,p75,p95,"
        + "same_size,p_first,mean_rank,open_low,open_high,contested_low,contested_high,statement";

    public static string Of(RiskUncertainty report) =>
        RiskCsv.Table(Columns, report.Uncertainty.Portfolios.Select(portfolio => Row(report, report.Uncertainty.Sampling, portfolio)));

    private static string Row(RiskUncertainty report, UncertaintySampling sampling, PortfolioUncertainty risk) => string.Join(',',
        RiskCsv.Text(report.Study), RiskCsv.Text(report.Label), RiskCsv.Count(report.Version), RiskCsv.Text(report.Lens),
        RiskCsv.Text(report.Method), report.MatrixDigest, RiskCsv.Count(sampling.Seed), RiskCsv.Count(sampling.Draws), sampling.Shared,
        RiskCsv.Text(risk.Name), RiskCsv.Ids(risk.Techniques), RiskCsv.Number(risk.Mean),
        RiskCsv.Number(risk.SampledMean), RiskCsv.Number(risk.Sd), RiskCsv.Number(risk.Quantiles.P05), RiskCsv.Number(risk.Quantiles.P25),
        RiskCsv.Number(risk.Quantiles.P50), RiskCsv.Number(risk.Quantiles.P75), RiskCsv.Number(risk.Quantiles.P95),
        RiskCsv.Count(risk.SameSize),
        RiskCsv.Number(risk.Ranks[0]), RiskCsv.Number(risk.MeanRank), RiskCsv.Number(risk.OpenBounds?[0]),
        RiskCsv.Number(risk.OpenBounds?[1]), RiskCsv.Number(risk.ContestedBounds?[0]), RiskCsv.Number(risk.ContestedBounds?[1]),
        RiskCsv.Text(report.Statement));
}
