using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>One study of ten entries, folded page by page, that the tests only read.</summary>
public sealed class FoldedStudyScene : IAsyncLifetime
{
    private readonly Servers _servers;
    private Scene _scene = null!;

    public FoldedStudyScene(Servers servers) => _servers = servers;

    internal MatrixHost Host { get; private set; } = null!;

    internal StudyLedger Ledger { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _scene = await _servers.SceneAsync();
        Ledger = _scene.Intake.Study("example").Begun(label: "synthetic, \"example\"").RatedBy(5);
        Ledger.Append(new RoundClosed(1));
        _scene.Intake.Show(Ledger, 0);
        Host = await _scene.StartAsync();
        await _scene.FoldAsync(Host, Ledger, Ledger.Pages(2));
    }

    public async Task DisposeAsync() => await _scene.DisposeAsync();
}

[Collection(OnRealServers.Name)]
public sealed class ReadingMatrixTests(FoldedStudyScene folded) : IClassFixture<FoldedStudyScene>
{
    private const string Matrix = "studies/example/matrix";

    private MatrixHost Host => folded.Host;

    [Fact]
    public async Task The_newest_version_is_answered_unless_another_is_asked_for()
    {
        var view = await Host.GetAsync<MatrixView>(Matrix);
        Assert.Equal((10L, "rohl-1", "rohl-1", true), (view.Version, view.Lens, view.Method, view.Published));
        Assert.Equal((4, 4), (view.Cells, view.Consensus.Count));
        Assert.Equal("synthetic, \"example\"", view.Label);
        Assert.Equal(2, (await Host.GetAsync<MatrixView>($"{Matrix}?version=2")).Version);
        Assert.False((await Host.GetAsync<MatrixView>($"{Matrix}?version=3")).Published);
        Assert.Equal("crisp", (await Host.GetAsync<MatrixView>($"{Matrix}?lens=crisp")).Lens);
        Assert.Equal(10, (await Host.GetAsync<MatrixView>($"{Matrix}?round=1")).Version);
    }

    [Theory]
    [InlineData(3, 0, 4)]
    [InlineData(3, 999, 4)]
    [InlineData(3, -1, 3)]
    [InlineData(9, 3_600_000, 10)]
    public async Task An_instant_means_the_last_entry_sequenced_by_then(long index, int milliseconds, long version)
    {
        var at = StudyLedger.SequencedAt(index).AddMilliseconds(milliseconds);
        Assert.Equal(version, (await Host.GetAsync<MatrixView>($"{Matrix}?at={Timestamps.Format(at)}")).Version);
        var elsewhere = Uri.EscapeDataString(at.ToOffset(TimeSpan.FromHours(2)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz"));
        Assert.Equal(version, (await Host.GetAsync<MatrixView>($"{Matrix}?at={elsewhere}")).Version);
    }

    [Fact]
    public async Task An_explicit_version_may_be_kept_forever_and_anything_else_must_be_asked_again()
    {
        using var named = await Host.Http.GetAsync($"{Matrix}?version=6");
        using var newest = await Host.Http.GetAsync(Matrix);
        Assert.Equal("public, max-age=31536000, immutable", named.Headers.GetValues("Cache-Control").Single());
        Assert.Equal("no-cache", newest.Headers.GetValues("Cache-Control").Single());
        Assert.NotEqual(named.Headers.ETag, newest.Headers.ETag);
    }

    [Theory]
    [InlineData("matrix")]
    [InlineData("matrix?version=6&lens=crisp")]
    [InlineData("matrix?version=6&lens=median")]
    [InlineData("matrix?format=csv")]
    [InlineData("matrix/versions/5")]
    [InlineData("matrix/cells/RLHF/COLL")]
    public async Task A_reader_who_has_the_answer_gets_304_without_a_body(string path)
    {
        using var first = await Host.Http.GetAsync("studies/example/" + path);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var again = new HttpRequestMessage(HttpMethod.Get, "studies/example/" + path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await Host.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("format=csv", null)]
    [InlineData("", "text/csv")]
    public async Task As_csv_the_matrix_is_one_row_per_cell(string query, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Matrix}?{query}");
        if (accept is not null) request.Headers.Add("Accept", accept);
        using var answer = await Host.Http.SendAsync(request);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
        var view = await Host.GetAsync<MatrixView>(Matrix);
        Assert.Equal(1 + view.Cells, lines.Length);
        Assert.StartsWith("study,label,version,as_of,lens,technique,failure_mode,status", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(
            $"example,\"synthetic, \"\"example\"\"\",10,{view.AsOf},rohl-1,RLHF,COLL,{view.Consensus[0].Status},", lines[1],
            StringComparison.Ordinal);
        Assert.Contains(view.Consensus[0].Mean!.Value.ToString("R", CultureInfo.InvariantCulture), lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_are_listed_newest_first_and_page_by_page()
    {
        using var answer = await Host.Http.GetAsync($"{Matrix}/versions?limit=3");
        var first = (await answer.Content.ReadFromJsonAsync<MatrixVersions>(ContractJson.Options))!;
        Assert.Equal([10L, 8, 6], first.Versions.Select(version => version.Version));
        Assert.Equal("</api/v1/studies/example/matrix/versions?after=6&limit=3>; rel=\"next\"", answer.Headers.GetValues("Link").Single());
        var rest = await Host.GetAsync<MatrixVersions>($"{Matrix}/versions?after={first.Next}&limit=3");
        Assert.Equal([4L, 2], rest.Versions.Select(version => version.Version));
        Assert.Null(rest.Next);
        Assert.Equal([new MatrixHead("example", 10, first.Versions[0].Digest)], (await Host.GetAsync<MatrixHeads>("matrix/heads")).Heads);
    }

    [Fact]
    public async Task A_cell_names_the_ratings_behind_it_as_of_the_version()
    {
        var now = await Host.GetAsync<CellLineage>($"{Matrix}/cells/RLHF/COLL");
        var before = await Host.GetAsync<CellLineage>($"{Matrix}/cells/RLHF/COLL?version=4");
        Assert.Equal((10L, 4L), (now.Version, before.Version));
        Assert.Empty(before.Ratings);
        var rating = now.Ratings[0];
        Assert.Equal(("lab-a", "rater-0", 4L, true), (rating.Organisation, rating.Rater, rating.LedgerIndex, rating.Counted));
        Assert.Equal(StudyLedger.TraceparentOf(4).Split('-')[1], rating.TraceId);
        Assert.Equal(["crisp", "rohl-1"], now.Lenses.Keys.Order());
    }

    [Theory]
    [InlineData("studies/nowhere/matrix", 404, "unknown-study", "nowhere")]
    [InlineData("studies/nowhere/matrix/versions", 404, "unknown-study", "nowhere")]
    [InlineData("studies/example/matrix?version=11", 404, "unknown-version", "1 to 10")]
    [InlineData("studies/example/matrix?version=0", 404, "unknown-version", "1 to 10")]
    [InlineData("studies/example/matrix/versions/11", 404, "unknown-version", "1 to 10")]
    [InlineData("studies/example/matrix?version=first", 400, "malformed-request", "first")]
    [InlineData("studies/example/matrix?lens=mean", 400, "unknown-lens", "rohl-1, crisp, with-ai-raters, arithmetic-mean")]
    [InlineData("studies/example/matrix?at=yesterday", 400, "bad-time", "yesterday")]
    [InlineData("studies/example/matrix?at=2026-03-01T09:00:00", 400, "bad-time", "RFC 3339")]
    [InlineData("studies/example/matrix?at=2000-01-01T00:00:00Z", 404, "unknown-version", "2000-01-01")]
    [InlineData("studies/example/matrix?round=2", 404, "unknown-round", "closed are: 1")]
    [InlineData("studies/example/matrix?round=1&version=3", 400, "one-version-only", "version, round")]
    [InlineData("studies/example/matrix?format=xml", 400, "unknown-format", "json and csv")]
    [InlineData("studies/example/matrix/cells/RLHF/NONE", 404, "unknown-cell", "NONE")]
    [InlineData("studies/example/matrix/versions?limit=0", 400, "out-of-range", "1 to 200")]
    public async Task What_cannot_be_answered_is_a_problem_that_names_the_value_and_what_is_allowed(
        string path, int status, string slug, string named)
    {
        using var answer = await Host.Http.GetAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("/problems/" + slug, problem.GetProperty("type").GetString());
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using var page = await Host.Http.GetAsync("/problems/" + slug);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }
}
