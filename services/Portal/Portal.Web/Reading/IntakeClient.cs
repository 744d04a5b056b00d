using System.Runtime.CompilerServices;
using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Reading;

/// <summary>rating-intake: studies and their ledgers.</summary>
internal sealed class IntakeClient(HttpClient http, ILogger<IntakeClient> log) : ServiceReader("rating-intake", http, log)
{
    public Task<Answer<StudyList>> StudiesAsync(CancellationToken token) => GetAsync<StudyList>($"studies", token);

    public Task<Answer<StudyView>> StudyAsync(string study, CancellationToken token) => GetAsync<StudyView>($"studies/{study}", token);

    public Task<Answer<TreeHead>> HeadAsync(string study, CancellationToken token) => GetAsync<TreeHead>($"ledger/{study}", token);

    /// <param name="limit">1..256.</param>
    public Task<Answer<LedgerPage>> EntriesAsync(string study, long from, int limit, CancellationToken token) =>
        GetAsync<LedgerPage>($"ledger/{study}/entries?from={from}&limit={limit}", token);

    /// <summary>What was said about one quantity in some entries, as far as it is released and not erased.</summary>
    /// <param name="entries">1..32 ledger indexes.</param>
    public Task<Answer<QuantityRationales>> RationalesAsync(
        string study, string technique, string failureMode, IEnumerable<long> entries, CancellationToken token)
    {
        // Numbers need no escaping.
        var which = string.Concat(entries.Select(entry => $"&entry={Show.Count(entry)}"));
        var path = FormattableStringFactory.Create(
            "studies/{0}/rationales?technique={1}&failureMode={2}" + which, study, technique, failureMode);
        return GetAsync<QuantityRationales>(path, token);
    }
}
