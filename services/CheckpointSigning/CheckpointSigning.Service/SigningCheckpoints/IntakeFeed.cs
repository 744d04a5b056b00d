using System.Net;
using System.Net.Http.Json;
using System.Text;
using AlignmentMesh.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Http.Resilience;

namespace AlignmentMesh.CheckpointSigning.Service.SigningCheckpoints;

/// <summary>The ledger cannot give what it counts.</summary>
internal sealed class LedgerDamagedException(string detail) : Exception(detail);

/// <summary>What rating-intake tells anybody, asked for like by anybody: the signer has no other door to the ledger.</summary>
internal sealed class IntakeFeed(HttpClient http)
{
    /// <summary>The loop itself tries again; a ledger that is damaged would only be asked four times as often.</summary>
    public static void Limit(HttpStandardResilienceOptions options)
    {
        options.Retry.ShouldHandle = _ => ValueTask.FromResult(false);
        options.CircuitBreaker.ShouldHandle = _ => ValueTask.FromResult(false);
    }

    public async Task<IReadOnlyList<TreeHead>> HeadsAsync(CancellationToken token) => (await GetAsync<LedgerHeads>("ledger", token))!.Heads;

    /// <summary>A study's head; null when there is no such ledger.</summary>
    /// <exception cref="LedgerDamagedException">It cannot be computed.</exception>
    public Task<TreeHead?> HeadAsync(string study, CancellationToken token) => GetAsync<TreeHead>($"ledger/{study}", token);

    /// <summary>Entries [from, to), or fewer where the ledger has a hole.</summary>
    public async Task<List<LedgerEntry>> EntriesAsync(string study, long from, long to, CancellationToken token)
    {
        var entries = new List<LedgerEntry>();
        for (var at = from; at < to;)
        {
            var limit = Math.Min(to - at, 256);
            var page = await GetAsync<LedgerPage>(FormattableString.Invariant($"ledger/{study}/entries?from={at}&limit={limit}"), token);
            foreach (var entry in page?.Entries ?? [])
                if (entry.Index == at) at++;
                else return [.. entries, .. page!.Entries.TakeWhile(one => one.Index < at)];
            if (page is not { Entries.Count: > 0 }) break;
            entries.AddRange(page.Entries);
        }

        return entries;
    }

    public async Task<IReadOnlyList<string>> ConsistencyAsync(string study, long from, long to, CancellationToken token) =>
        (await GetAsync<ConsistencyProof>(
            FormattableString.Invariant($"ledger/{study}/proof/consistency?from={from}&to={to}"), token))?.Hashes ?? [];

    /// <summary>The newest epoch that a second round manager stands by; 1 when there was no restore.</summary>
    public async Task<int> ConfirmedEpochAsync(string study, CancellationToken token) =>
        (await GetAsync<StudyView>($"studies/{study}", token))?.Confirmations?.Max(one => (int?)one.Epoch) ?? 1;

    public async Task SendAsync(string study, string note, CancellationToken token)
    {
        using var content = new StringContent(note, Encoding.UTF8, "text/plain");
        using var answer = await http.PostAsync(new Uri($"api/v1/ledger/{study}/checkpoint", UriKind.Relative), content, token);
        if (answer.IsSuccessStatusCode) return;
        throw new HttpRequestException(
            $"rating-intake does not keep the checkpoint: {await answer.Content.ReadAsStringAsync(token)}", null, answer.StatusCode);
    }

    private async Task<T?> GetAsync<T>(string path, CancellationToken token) where T : class
    {
        using var answer = await http.GetAsync(new Uri("api/v1/" + path, UriKind.Relative), token);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        if (answer.StatusCode == HttpStatusCode.InternalServerError
            && await answer.Content.ReadFromJsonAsync<ProblemDetails>(token) is { } problem
            && problem.Type?.EndsWith("/ledger-damaged", StringComparison.Ordinal) == true)
            throw new LedgerDamagedException(problem.Detail ?? problem.Type);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options, token);
    }
}
