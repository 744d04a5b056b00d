using System.Net;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ReadingDeltasTests(FoldedStudyScene folded, Servers servers) : IClassFixture<FoldedStudyScene>
{
    private const string Deltas = "studies/example/matrix/deltas";

    [Theory]
    [InlineData("rohl-1")]
    [InlineData("crisp")]
    public async Task Put_together_they_give_every_version_published_or_not(string lens)
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(60);
        var host = await scene.StartAsync();
        await scene.FoldAsync(host, ledger, ledger.Pages(11));
        var deltas = await host.GetAsync<MatrixDeltas>($"studies/{ledger.Study}/matrix/deltas?from=3&to=50&lens={lens}");
        var cells = deltas.Cells.ToDictionary(cell => (cell.Technique, cell.FailureMode));
        Assert.Equal(Oracle.Matrix(ledger, 3).Lenses[lens], cells.Values);
        Assert.Equal(Enumerable.Range(4, 47).Select(version => (long)version), deltas.Deltas.Select(delta => delta.Version));
        foreach (var delta in deltas.Deltas)
        {
            var there = Oracle.Matrix(ledger, (int)delta.Version);
            Assert.All(delta.Cells, cell => Assert.NotEqual(cell, cells.GetValueOrDefault((cell.Technique, cell.FailureMode))));
            foreach (var cell in delta.Cells) cells[(cell.Technique, cell.FailureMode)] = cell;
            Assert.Equal(there.Lenses[lens], cells.Values);
            Assert.Equal((there.AsOf, there.Digest), (delta.AsOf, delta.Digest));
        }
    }

    [Theory]
    [InlineData("from=0&to=3", HttpStatusCode.BadRequest)]
    [InlineData("from=4&to=3", HttpStatusCode.BadRequest)]
    [InlineData("from=1&to=3&lens=median", HttpStatusCode.BadRequest)]
    [InlineData("from=1&to=999", HttpStatusCode.NotFound)]
    public async Task What_there_is_not_is_refused(string query, HttpStatusCode status)
    {
        using var answer = await folded.Host.Http.GetAsync($"{Deltas}?{query}");
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task They_never_change()
    {
        using var answer = await folded.Host.Http.GetAsync($"{Deltas}?from=1&to=4");
        Assert.Contains("immutable", answer.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Deltas}?from=1&to=4");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var known = await folded.Host.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }
}
