using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Reading;

/// <summary>risk-scoring: what a version means for techniques used together.</summary>
internal sealed class RiskClient(HttpClient http, ILogger<RiskClient> log) : ServiceReader("risk-scoring", http, log)
{
    public Task<Answer<RiskReport>> ReportAsync(string study, long version, string lens, CancellationToken token) =>
        GetAsync<RiskReport>($"studies/{study}/risk?version={version}&lens={lens}", token);

    /// <summary>The same with every portfolio there can be; refused when there are too many techniques.</summary>
    public Task<Answer<RiskReport>> EveryPortfolioAsync(string study, long version, string lens, CancellationToken token) =>
        GetAsync<RiskReport>($"studies/{study}/risk?version={version}&lens={lens}&portfolios=all", token);

    /// <summary>One portfolio with numbers of the reader's in the place of the consensus.</summary>
    public Task<Answer<RiskSimulation>> SimulateAsync(
        string study, long version, string lens, SimulateRequest question, CancellationToken token) =>
        AskAsync<RiskSimulation>($"studies/{study}/risk:simulate?version={version}&lens={lens}", question, token);

    /// <summary>What the uncertainty of the ratings does to the main portfolios.</summary>
    public Task<Answer<RiskUncertainty>> UncertaintyAsync(string study, long version, string lens, CancellationToken token) =>
        GetAsync<RiskUncertainty>($"studies/{study}/risk/uncertainty?version={version}&lens={lens}&draws=2000", token);
}
