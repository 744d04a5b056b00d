using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Reading;

/// <summary>risk-scoring: what a version means for techniques used together.</summary>
internal sealed class RiskClient(HttpClient http, ILogger<RiskClient> log) : ServiceReader("risk-scoring", http, log)
{
    public Task<Answer<RiskReport>> ReportAsync(string study, long version, string lens, CancellationToken token) =>
        GetAsync<RiskReport>($"studies/{study}/risk?version={version}&lens={lens}", token);
}
