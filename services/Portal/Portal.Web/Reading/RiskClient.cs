using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Reading;

/// <summary>risk-scoring: what a version means for techniques used together.</summary>
internal sealed class RiskClient(HttpClient http, ILogger<RiskClient> log) : ServiceReader("risk-scoring", http, log)
{
    public Task<Answer<RiskReport>> ReportAsync(string study, long version, string lens, CancellationToken token) =>
        GetAsync<RiskReport>($"studies/{study}/risk?version={version}&lens={lens}", token);

    /// <summary>Risk against safety tax; refused when there are too many techniques to look at all portfolios.</summary>
    public Task<Answer<RiskFrontier>> FrontierAsync(string study, long version, string lens, CancellationToken token) =>
        GetAsync<RiskFrontier>($"studies/{study}/risk/frontier?version={version}&lens={lens}", token);

    /// <summary>How far every two techniques fail together.</summary>
    public Task<Answer<RiskOverlap>> OverlapAsync(string study, long version, string lens, CancellationToken token) =>
        GetAsync<RiskOverlap>($"studies/{study}/risk/overlap?version={version}&lens={lens}", token);

    /// <summary>Which failure mode matters most, for all techniques and averaged over portfolios.</summary>
    public Task<Answer<RiskImportance>> ImportanceAsync(string study, long version, string lens, CancellationToken token) =>
        GetAsync<RiskImportance>($"studies/{study}/risk/importance?version={version}&lens={lens}", token);

    /// <summary>Which cell to settle next, for all techniques.</summary>
    public Task<Answer<RiskCells>> CellsAsync(string study, long version, string lens, CancellationToken token) =>
        GetAsync<RiskCells>($"studies/{study}/risk/cells?version={version}&lens={lens}", token);

    /// <summary>What becomes of the conclusions of Dung and Mai (2025).</summary>
    public Task<Answer<RiskPaper>> PaperAsync(string study, long version, string lens, CancellationToken token) =>
        GetAsync<RiskPaper>($"studies/{study}/risk/paper?version={version}&lens={lens}", token);

    /// <summary>One portfolio with numbers of the reader's in the place of the consensus.</summary>
    public Task<Answer<RiskSimulation>> SimulateAsync(
        string study, long version, string lens, SimulateRequest question, CancellationToken token) =>
        AskAsync<RiskSimulation>($"studies/{study}/risk:simulate?version={version}&lens={lens}", question, token);

    /// <summary>The stored reports, computed again from the matrices they were made of.</summary>
    public Task<Answer<IReadOnlyList<ReplayedVersion>>> ReplayAsync(string study, long from, long to, CancellationToken token) =>
        LinesAsync<ReplayedVersion>($"studies/{study}/replay?from={from}&to={to}", MatrixClient.MostReplayed, token);

    /// <summary>What the uncertainty of the ratings does to the main portfolios.</summary>
    public Task<Answer<RiskUncertainty>> UncertaintyAsync(string study, long version, string lens, CancellationToken token) =>
        GetAsync<RiskUncertainty>($"studies/{study}/risk/uncertainty?version={version}&lens={lens}&draws=2000", token);
}
