using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>What pages print is what the services answer, to the digit that is printed.</summary>
public sealed class NumbersTests(BrowserRun run) : BrowserTest(run)
{
    private const string Study = BrowserRun.Sample;

    [SkippableTheory]
    [InlineData("rohl-1")]
    [InlineData("crisp")]
    [InlineData("median")]
    public async Task The_matrix_and_its_table_print_every_cell_of_matrix_aggregation(string lens)
    {
        await using var visit = await BeginAsync();
        var matrix = await Run.Matrix.GetAsync<MatrixView>($"studies/{Study}/matrix?lens={lens}");
        await visit.GoAsync($"/studies/{Study}/matrix?lens={lens}");
        Assert.Equal(
            matrix.Consensus.Select(cell => Show.Percent(cell.Mean) + (cell.Status == "contested" ? " ≠" : "")),
            await TextsAsync(visit, ".heat td svg text"));
        await visit.GoAsync($"/studies/{Study}/matrix?view=table&lens={lens}");
        Assert.Equal(
            matrix.Consensus.Select(cell => string.Join(
                '|', Show.Percent(cell.Mean), Show.Percent(cell.Lower90), Show.Percent(cell.Upper90), cell.Raters)),
            (await RowsAsync(visit, ".data")).Select(row => string.Join('|', row[2], row[3], row[4], row[7])));
        await visit.GoAsync($"/studies/{Study}/matrix?view=disagreement&lens={lens}");
        Assert.Equal(
            matrix.Overview!.Disagreement.Select(one => Show.Percent(one?.Total)),
            (await TextsAsync(visit, ".heat td svg text")).Select(text => text.Split(' ')[0]));
    }

    [SkippableTheory]
    [InlineData("rohl-1")]
    [InlineData("crisp")]
    public async Task The_risk_page_prints_every_portfolio_of_risk_scoring(string lens)
    {
        await using var visit = await BeginAsync();
        var report = await Run.Risk.GetAsync<RiskReport>($"studies/{Study}/risk?lens={lens}");
        await visit.GoAsync($"/studies/{Study}/risk?lens={lens}");
        Assert.Equal(
            report.Portfolios.Select(one => string.Join(
                '|', Show.Chance(one.JointSharedByMode ?? one.Joint), Show.Chance(one.Joint), Show.Chance(one.Independent),
                Show.Times(one.DependenceEffect), Show.Percent(one.SafetyTax))),
            (await RowsAsync(visit, "#together .data")).Select(row => string.Join('|', row[2], row[3], row[4], row[5], row[8])));
        Assert.Equal(
            report.Importance.OrderByDescending(mode => mode.Criticality ?? 0).Select(mode => Show.Percent(mode.Criticality)),
            (await RowsAsync(visit, "#priorities .data")).Select(row => row[1]));
    }

    [SkippableFact]
    public async Task A_cells_page_prints_its_consensus_and_every_rating()
    {
        await using var visit = await BeginAsync();
        var cell = await Run.Matrix.GetAsync<CellLineage>($"studies/{Study}/matrix/cells/RE/DEC-AL");
        await visit.GoAsync($"/studies/{Study}/cells/RE/DEC-AL");
        var headline = cell.Lenses["rohl-1"];
        Assert.StartsWith(
            $"{Show.Percent(headline.Mean)}, {headline.Verdict}", await visit.TextAsync(".claim span"), StringComparison.Ordinal);
        Assert.Equal(
            cell.Ratings.OrderByDescending(rating => rating.LedgerIndex).Select(rating => $"{rating.LedgerIndex}|{rating.Best ?? "–"}"),
            (await RowsAsync(visit, "#ratings .data")).Select(row => $"{row[0]}|{row[7]}"));
    }

    [SkippableFact]
    public async Task The_ledgers_page_lists_every_entry_and_an_entrys_page_its_event()
    {
        await using var visit = await BeginAsync();
        var head = await Run.Intake().GetAsync<TreeHead>($"ledger/{Study}");
        await visit.GoAsync($"/studies/{Study}/audit/entries");
        Assert.Equal(
            Enumerable.Range(0, (int)head.Size).Reverse().Take(50).Select(index => Show.Count(index)),
            (await RowsAsync(visit, ".data")).Select(row => row[0]));
        var entry = (await Run.EntriesAsync(Study, 8))[7];
        await visit.GoAsync($"/studies/{Study}/audit/entries/7");
        Assert.Contains(entry.Leaf, await visit.TextAsync(".bytes"), StringComparison.Ordinal);
        Assert.Contains("it matches", await visit.TextAsync(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(Visit visit, string selector) =>
        await visit.Page.EvalOnSelectorAllAsync<string[]>(selector, "all => all.map(one => one.textContent.trim())");

    /// <summary>The texts of a table's body, row by row; of a closed one too.</summary>
    private static Task<string[][]> RowsAsync(Visit visit, string table) => visit.Page.EvalOnSelectorAllAsync<string[][]>(
        table + " tbody tr", "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))");
}
