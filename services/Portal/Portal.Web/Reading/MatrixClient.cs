using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Reading;

/// <summary>matrix-aggregation: the consensus, its versions and what is behind a cell.</summary>
internal sealed class MatrixClient(HttpClient http, ILogger<MatrixClient> log) : ServiceReader("matrix-aggregation", http, log)
{
    public Task<Answer<MatrixHeads>> HeadsAsync(CancellationToken token) => GetAsync<MatrixHeads>($"matrix/heads", token);

    /// <param name="version">Null asks for the newest.</param>
    public Task<Answer<MatrixView>> MatrixAsync(string study, long? version, string lens, CancellationToken token) => version is { } k
        ? GetAsync<MatrixView>($"studies/{study}/matrix?version={k}&lens={lens}", token)
        : GetAsync<MatrixView>($"studies/{study}/matrix?lens={lens}", token);

    /// <summary>What changed from one version to a later one, under a published lens.</summary>
    public Task<Answer<MatrixDiff>> DiffAsync(string study, long a, long b, string lens, CancellationToken token) =>
        GetAsync<MatrixDiff>($"studies/{study}/matrix/diff?a={a}&b={b}&lens={lens}", token);

    /// <summary>All cells of a version, and what each later one changed, under a published lens.</summary>
    /// <param name="to">At most 64 after <paramref name="from"/>.</param>
    public Task<Answer<MatrixDeltas>> DeltasAsync(string study, long from, long to, string lens, CancellationToken token) =>
        GetAsync<MatrixDeltas>($"studies/{study}/matrix/deltas?from={from}&to={to}&lens={lens}", token);

    /// <summary>A cell with everything behind it.</summary>
    public Task<Answer<CellLineage>> CellAsync(
        string study, string technique, string failureMode, long version, CancellationToken token) =>
        GetAsync<CellLineage>($"studies/{study}/matrix/cells/{technique}/{failureMode}?version={version}", token);

    /// <summary>What each organisation says of every cell.</summary>
    public Task<Answer<OrganisationViews>> OrganisationsAsync(string study, long version, CancellationToken token) =>
        GetAsync<OrganisationViews>($"studies/{study}/matrix/organisations?version={version}", token);

    /// <summary>Most lines of a replay that are read for a page.</summary>
    public const int MostReplayed = 300;

    /// <summary>The published versions, computed again from the ledger's first entry.</summary>
    public Task<Answer<IReadOnlyList<ReplayedVersion>>> ReplayAsync(string study, long from, long to, CancellationToken token) =>
        LinesAsync<ReplayedVersion>($"studies/{study}/replay?from={from}&to={to}", MostReplayed, token);

    /// <summary>Published versions below <paramref name="after"/>, newest first.</summary>
    /// <param name="limit">1..200.</param>
    public Task<Answer<MatrixVersions>> VersionsAsync(string study, long? after, int limit, CancellationToken token) => after is { } k
        ? GetAsync<MatrixVersions>($"studies/{study}/matrix/versions?after={k}&limit={limit}", token)
        : GetAsync<MatrixVersions>($"studies/{study}/matrix/versions?limit={limit}", token);
}
