using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Reading;

/// <summary>checkpoint-signing: which ledgers are still the ones that were signed.</summary>
internal sealed class SigningClient(HttpClient http, ILogger<SigningClient> log) : ServiceReader("checkpoint-signing", http, log)
{
    public Task<Answer<SigningReport>> ReportAsync(CancellationToken token) => GetAsync<SigningReport>($"signing", token);
}
