using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlignmentMesh.Contracts;
using Polly;

namespace AlignmentMesh.MatrixAggregation.Service.GivingFeedback;

/// <summary>What only intake knows and gives to whoever may have it: whose token it is, and the words of released ratings.</summary>
internal sealed class IntakeClient(HttpClient http)
{
    // Somebody waits for the answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The bearer of a token as a rater of the study; null when that person has not rated in it.</summary>
    /// <param name="authorization">The caller's own header, sent on as it came.</param>
    /// <exception cref="ServiceDefaults.ProblemException">Intake does not answer.</exception>
    public Task<StudyRater?> RaterAsync(string study, string authorization, CancellationToken token) =>
        AskAsync<StudyRater>($"api/v1/studies/{Uri.EscapeDataString(study)}/rater", authorization, token);

    /// <summary>Hash to text of everything that was released with some rounds.</summary>
    /// <exception cref="ServiceDefaults.ProblemException">Intake does not answer.</exception>
    public async Task<IReadOnlyDictionary<string, string>> RationalesAsync(
        string study, IEnumerable<int> rounds, CancellationToken token)
    {
        var texts = new Dictionary<string, string>();
        foreach (var round in rounds)
            for (long? next = 0; next is { } from;)
            {
                var path = $"api/v1/studies/{Uri.EscapeDataString(study)}/rounds/{round}/rationales?from={from}";
                var page = await AskAsync<RoundRationales>(path, null, token) ?? throw MatrixProblems.Intake();
                foreach (var one in page.Rationales) texts[one.Hash] = one.Text;
                next = page.Next > from ? page.Next : null;
            }

        return texts;
    }

    private async Task<T?> AskAsync<T>(string path, string? authorization, CancellationToken token)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        try
        {
            using var answer = await http.SendAsync(request, limit.Token);
            if (answer.StatusCode == HttpStatusCode.NotFound) return null;
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options, limit.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or ExecutionRejectedException or JsonException
            || (failure is OperationCanceledException && !token.IsCancellationRequested))
        {
            throw MatrixProblems.Intake();
        }
    }
}
