using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain.Lenses;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ReadingLensesTests(FoldedStudyScene folded, Servers servers) : IClassFixture<FoldedStudyScene>
{
    private const string Matrix = "studies/example/matrix";

    public static TheoryData<string> Lenses => [.. Multiverse.All.Select(lens => lens.Id)];

    [Theory]
    [MemberData(nameof(Lenses))]
    public async Task A_matrix_under_any_lens_has_the_numbers_of_the_cells_multiverse_rows_and_the_versions_digest(string lens)
    {
        foreach (var version in new long[] { 7, 10 })
        {
            var view = await folded.Host.GetAsync<MatrixView>($"{Matrix}?lens={lens}&version={version}");
            Assert.Equal((lens, lens, Oracle.Matrix(folded.Ledger, version).Digest), (view.Lens, view.Method, view.Digest));
            Assert.Equal(version == 10 && lens is "rohl-1" or "crisp", view.Published);
            foreach (var cell in view.Consensus)
            {
                var path = $"{Matrix}/cells/{cell.Technique}/{cell.FailureMode}?version={version}";
                var row = (await folded.Host.GetAsync<CellLineage>(path)).Multiverse!.Lenses.Single(one => one.Lens == lens);
                Assert.Equal((row.Value, row.Verdict), (cell.Mean, cell.Verdict));
            }
        }
    }

    [Fact]
    public async Task A_lens_that_needs_bounds_says_for_which_rated_cells_there_are_none_also_as_csv()
    {
        var view = await folded.Host.GetAsync<MatrixView>($"{Matrix}?lens=int-w-agg");
        Assert.Equal(view.Consensus.Where(cell => cell.Raters > 0).Select(cell => cell.FailureMode), view.Undefined!.Select(
            cell => cell.FailureMode));
        Assert.All(view.Undefined!, cell => Assert.Equal("no_bounds", cell.Because));
        var lines = (await folded.Host.Http.GetStringAsync($"{Matrix}?lens=int-w-agg&format=csv")).TrimEnd().Split("\r\n");
        Assert.EndsWith(",undefined", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",no_bounds", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_matrix_tells_its_coverage_how_far_raters_agree_and_which_cells_divide_them()
    {
        var view = await folded.Host.GetAsync<MatrixView>(Matrix);
        var coverage = view.Overview!.Coverage;
        Assert.Equal((view.Cells, view.RatedCells, 2), (coverage.Cells, coverage.Rated, coverage.Organisations));
        Assert.Equal(view.Consensus.Count(cell => cell.Status == "single_source"), coverage.SingleSource);
        Assert.Equal("agreement-1", view.Overview.Agreement.Method);
        var before = await folded.Host.GetAsync<MatrixView>($"{Matrix}?version=4");
        Assert.Equal((0, 0), (before.Overview!.Coverage.Rated, before.Overview.Divisive.Count));
        Assert.Equal((null, "no_pairs"), (before.Overview.Agreement.Ordinal, before.Overview.Agreement.Undefined["ordinal"]));
    }

    [Fact]
    public async Task Whoever_asks_while_too_many_wait_is_told_to_come_again_and_published_versions_go_on_being_read()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        var done = new TaskCompletionSource<int>();
        var held = Hold(host.Services.GetRequiredService<ComputingTurn>(), done.Task);
        using var refused = await host.Http.GetAsync($"studies/{ledger.Study}/matrix?lens=median&version=20");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("/problems/busy", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        Assert.Equal(20, (await host.MatrixAsync(ledger, 20)).Version);

        done.SetResult(0);
        await Task.WhenAll(held);
        Assert.Equal("median", (await host.GetAsync<MatrixView>($"studies/{ledger.Study}/matrix?lens=median&version=20")).Lens);
    }

    [Fact]
    public async Task Whoever_reads_the_matrix_does_not_wait_behind_bootstraps()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        var done = new TaskCompletionSource<int>();
        var held = Hold(host.Services.GetRequiredKeyedService<ComputingTurn>(ComputingTurn.Long), done.Task);
        using var refused = await host.Http.GetAsync($"studies/{ledger.Study}/agreement");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(20, (await host.GetAsync<MatrixView>($"studies/{ledger.Study}/matrix?lens=median&version=20")).Version);
        done.SetResult(0);
        await Task.WhenAll(held);
        Assert.Equal(40, (await host.GetAsync<MatrixAgreement>($"studies/{ledger.Study}/agreement")).Version);
    }

    /// <summary>As many computations as the turn takes, and as many as may wait for it.</summary>
    private static Task[] Hold(ComputingTurn turn, Task<int> until) =>
        [.. Enumerable.Range(0, turn.AtOnce + ComputingTurn.MostWaiting).Select(_ => turn.RunAsync(() => until, default))];
}
