using AlignmentMesh.Contracts;

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
}
