using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ExplainingCellsTests(FoldedStudyScene folded, Servers servers) : IClassFixture<FoldedStudyScene>
{
    private const string Cell = "studies/example/matrix/cells/RLHF/COLL";

    [Fact]
    public async Task A_cell_says_what_other_methods_make_of_it_how_far_raters_are_apart_and_by_which_constants()
    {
        var cell = await folded.Host.GetAsync<CellLineage>(Cell);
        Assert.Equal(20, cell.Multiverse!.Lenses.Count);
        Assert.Equal(cell.Lenses["rohl-1"].Mean, cell.Multiverse.Lenses[0].Value);
        Assert.Equal(cell.Lenses["crisp"].Mean, cell.Multiverse.Lenses[1].Value);
        Assert.Equal(cell.Disagreement!.Total, cell.Disagreement.Between + cell.Disagreement.Within);
        Assert.Equal(("rohl-1", 0.6), (cell.Method, cell.Constants!.SMin));
        Assert.Equal(cell.Organisations.Sum(one => one.EffectiveRaters), cell.EffectiveRaters);
        Assert.Empty(cell.NotCounted!);
        var unrated = await folded.Host.GetAsync<CellLineage>(Cell + "?version=4");
        Assert.Null(unrated.Disagreement);
        Assert.All(unrated.Multiverse!.Lenses, lens => Assert.Equal((null, "no_data"), (lens.Value, lens.Undefined)));
    }

    [Fact]
    public async Task The_history_of_a_cell_has_every_published_version_in_which_it_changed_and_no_other()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        var path = $"studies/{ledger.Study}/matrix/cells/RLHF/COLL";
        var expected = Changes(ledger, ledger.Size);
        var all = await host.GetAsync<CellHistory>($"{path}/history?limit=200");
        Assert.Equal(expected, all.Changes);
        Assert.True(expected.Count > 5, $"{expected.Count} changes");
        Assert.Null(all.Next);

        var pages = new List<CellAtVersion>();
        for (long? next = long.MaxValue; next is { } before;)
        {
            var page = await host.GetAsync<CellHistory>($"{path}/history?limit=2&before={before}");
            pages.AddRange(page.Changes);
            next = page.Next;
        }

        Assert.Equal(expected, pages);
        Assert.Equal(Changes(ledger, 20), (await host.GetAsync<CellLineage>(path + "?version=20")).History!.Changes);
        using var caller = new OperatorClient(host, servers.Keys);
        await caller.RebuildAsync(ledger.Study, new RebuildRequest(Force: true));
        Assert.Equal(expected, (await host.GetAsync<CellHistory>($"{path}/history?limit=200")).Changes);
    }

    [Fact]
    public async Task A_cell_that_hardly_changes_costs_no_more_than_the_versions_of_one_page()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        // As many older versions as one answer may look at, none of which is the cell's.
        await Sql.ScalarAsync(
            scene.Database,
            $"""
            insert into matrix.recorded_version
            select study, version - {CellChanges.MostVersions + 50} + n, position, snapshot_position, as_of, root, digest, changed_cells
            from matrix.recorded_version, generate_series(1, {CellChanges.MostVersions}) n where version = 1
            """);
        await Sql.ScalarAsync(
            scene.Database, "update matrix.mt_events set data = jsonb_set(data, '{cells,rohl-1}', '[]') where version = 1");
        var first = await host.GetAsync<CellHistory>($"studies/{ledger.Study}/matrix/cells/RLHF/COLL/history?before=1");
        Assert.Empty(first.Changes);
        Assert.Equal(2 - CellChanges.MostVersions - 50, first.Next);
    }

    [Theory]
    [InlineData("studies/nowhere/matrix/cells/RLHF/COLL/history", 404)]
    [InlineData("studies/example/matrix/cells/RLHF/NONE/history", 404)]
    [InlineData("studies/example/matrix/cells/NONE/COLL/history", 404)]
    [InlineData("studies/example/matrix/cells/RLHF/COLL/history?limit=201", 400)]
    public async Task A_history_that_cannot_be_is_a_problem(string path, int status)
    {
        using var answer = await folded.Host.Http.GetAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Every version up to one in which some lens says something else of the cell than before, newest first.</summary>
    private static List<CellAtVersion> Changes(StudyLedger ledger, long until)
    {
        var changes = new List<CellAtVersion>();
        ConsensusCell? rohl = null, crisp = null;
        for (var version = 1L; version <= until; version++)
        {
            var matrix = Oracle.Matrix(ledger, version);
            var (now, other) = (matrix.Lenses["rohl-1"][0], matrix.Lenses["crisp"][0]);
            if (now != rohl || other != crisp)
                changes.Insert(0, new(
                    version, matrix.AsOf, now.Mean, now.Lower90, now.Upper90, now.Verdict, now.Status, now.Organisations, now.Raters));
            (rohl, crisp) = (now, other);
        }

        return changes;
    }
}
