using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ComparingVersionsTests(FoldedStudyScene folded, Servers servers) : IClassFixture<FoldedStudyScene>
{
    private const string Diff = "studies/example/matrix/diff";

    [Fact]
    public async Task Two_versions_differ_in_the_cells_that_were_rated_between_and_the_entries_are_named()
    {
        var diff = await folded.Host.GetAsync<MatrixDiff>($"{Diff}?a=4&b=9");
        var (before, after) = (Oracle.Matrix(folded.Ledger, 4), Oracle.Matrix(folded.Ledger, 9));
        Assert.Equal(
            (new DiffedVersion(4, before.AsOf, before.Digest!), new DiffedVersion(9, after.AsOf, after.Digest!)), (diff.A, diff.B));
        Assert.Equal(after.Lenses["rohl-1"].Except(before.Lenses["rohl-1"]), diff.Cells.Select(cell => cell.After));
        Assert.NotEmpty(diff.Cells);
        Assert.Equal(after.Likelihoods.Except(before.Likelihoods), diff.Likelihoods.Select(one => one.After));
        Assert.Equal(after.SafetyTaxes.Except(before.SafetyTaxes), diff.SafetyTaxes.Select(one => one.After));
        Assert.Equal([4L, 5, 6, 7, 8], diff.Causes.Select(cause => cause.LedgerIndex));
        var first = diff.Causes[0];
        Assert.Equal(("ratings-submitted", "lab-a", "rater-0", 1), (first.Type, first.Organisation, first.Rater, first.Round));
        Assert.Equal(StudyLedger.TraceparentOf(4).Split('-')[1], first.TraceId);
    }

    [Fact]
    public async Task Any_two_versions_are_compared_as_the_ledger_says_whether_they_were_published_or_not()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(150);
        var host = await scene.StartAsync();
        await scene.FoldAsync(host, ledger, ledger.Pages(11));
        foreach (var (a, b) in new[] { (1, 154), (5, 6), (33, 97), (100, 153), (12, 12) })
        {
            var diff = await host.GetAsync<MatrixDiff>($"studies/{ledger.Study}/matrix/diff?a={a}&b={b}");
            var (before, after) = (Oracle.Matrix(ledger, a), Oracle.Matrix(ledger, b));
            Assert.Equal((before.Digest, after.Digest), (diff.A.Digest, diff.B.Digest));
            Assert.Equal(after.Lenses["rohl-1"].Except(before.Lenses["rohl-1"]), diff.Cells.Select(cell => cell.After));
        }
    }

    [Fact]
    public async Task Without_b_the_newest_is_meant_which_must_be_asked_again_and_both_named_may_be_kept()
    {
        using var named = await folded.Host.Http.GetAsync($"{Diff}?a=4&b=10");
        using var newest = await folded.Host.Http.GetAsync($"{Diff}?a=4");
        Assert.Equal(await named.Content.ReadAsStringAsync(), await newest.Content.ReadAsStringAsync());
        Assert.Contains("immutable", named.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
        Assert.Equal("no-cache", newest.Headers.GetValues("Cache-Control").Single());
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Diff}?a=4");
        again.Headers.IfNoneMatch.Add(newest.Headers.ETag!);
        using var known = await folded.Host.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task As_csv_every_change_is_a_row_and_a_negative_shift_stays_a_number()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        var path = $"studies/{ledger.Study}/matrix/diff?a=20&b=40&lens=crisp";
        var diff = await host.GetAsync<MatrixDiff>(path);
        var lines = (await host.Http.GetStringAsync(path + "&format=csv")).TrimEnd().Split("\r\n");
        Assert.Equal(1 + diff.Cells.Count + diff.Likelihoods.Count + diff.SafetyTaxes.Count, lines.Length);
        var changed = diff.Cells.First(cell => cell.MeanShift < 0);
        var row = lines.Single(line => line.StartsWith(
            $"{ledger.Study},20,40,crisp,cell,{changed.Technique},{changed.FailureMode},", StringComparison.Ordinal));
        Assert.Equal(changed.MeanShift, double.Parse(row.Split(',')[9], CultureInfo.InvariantCulture));
        Assert.EndsWith($",{changed.CauseCount},{string.Join(' ', changed.Causes)}", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blind_rounds_ratings_are_in_no_comparison_before_its_close()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        var ledger = scene.Intake.Study().Begun("blind").RatedBy(10);
        await host.WaitForAsync(ledger);
        var path = $"studies/{ledger.Study}/matrix/diff";
        var open = await host.GetAsync<MatrixDiff>($"{path}?a=4");
        Assert.Equal((14L, 0, 0), (open.B.Version, open.Cells.Count, open.Causes.Count));

        ledger.Append(new RoundClosed(1));
        await host.WaitForAsync(ledger);
        Assert.Empty((await host.GetAsync<MatrixDiff>($"{path}?a=4&b=14")).Cells);
        var closed = await host.GetAsync<MatrixDiff>($"{path}?a=14&b=15");
        Assert.Equal(4, closed.Cells.Count);
        Assert.All(closed.Cells, cell => Assert.Contains(14L, cell.Causes));
        Assert.Equal("round-closed", closed.Causes[^1].Type);
    }

    [Theory]
    [InlineData("studies/nowhere/matrix/diff?a=1", 404, "unknown-study")]
    [InlineData("studies/example/matrix/diff?a=0", 404, "unknown-version")]
    [InlineData("studies/example/matrix/diff?a=1&b=11", 404, "unknown-version")]
    [InlineData("studies/example/matrix/diff?a=5&b=4", 400, "out-of-range")]
    [InlineData("studies/example/matrix/diff", 400, "malformed-request")]
    [InlineData("studies/example/matrix/diff?a=1&lens=median", 400, "unknown-lens")]
    [InlineData("studies/example/matrix/diff?a=1&format=xml", 400, "unknown-format")]
    public async Task What_cannot_be_compared_is_a_problem(string path, int status, string slug)
    {
        using var answer = await folded.Host.Http.GetAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("/problems/" + slug, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }
}
