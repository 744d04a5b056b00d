using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Service.PullingMatrices;

/// <summary>matrix-aggregation over HTTP, for what no message brought.</summary>
internal sealed class MatrixClient(HttpClient http)
{
    public async Task<MatrixHeads> HeadsAsync(CancellationToken token) =>
        await http.GetFromJsonAsync<MatrixHeads>("api/v1/matrix/heads", ContractJson.Options, token)
        ?? throw new JsonException("matrix-aggregation answered null instead of its heads.");

    /// <summary>A version, published or not, or null when there is none.</summary>
    public async Task<ConsensusMatrix?> VersionAsync(string study, long version, CancellationToken token)
    {
        var path = FormattableString.Invariant($"api/v1/studies/{Uri.EscapeDataString(study)}/matrix/versions/{version}");
        using var answer = await http.GetAsync(path, token);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<ConsensusMatrix>(ContractJson.Options, token);
    }
}
