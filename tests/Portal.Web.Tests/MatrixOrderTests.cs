using System.Net;
using AlignmentMesh.Portal.Web.Matrix;
using CsCheck;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class MatrixOrderTests : IAsyncLifetime
{
    private static readonly Gen<double?> Cell =
        Gen.Select(Gen.Int[0, 5], Gen.Double[0, 1], (chance, mean) => chance == 0 ? null as double? : mean);

    private readonly PortalHost _portal = new();

    public Task InitializeAsync() => _portal.InitializeAsync();

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public void Every_order_has_each_line_once() => Gen.Select(Gen.Int[0, 12], Gen.Int[1, 8])
        .SelectMany((rows, columns) => Cell.Array[columns].Array[rows])
        .Sample(lines => Assert.All(
            MatrixOrder.All, order => Assert.Equal(Enumerable.Range(0, lines.Length), order.Arrange(lines).Order())));

    [Fact]
    public void The_highest_mean_comes_first_equals_stay_as_they_are_and_what_is_not_rated_comes_last() => Assert.Equal(
        [3, 1, 2, 0], Find("mean").Arrange([[null, null], [0.5, null], [0.4, 0.6], [0.9, 0.8]]));

    [Fact]
    public void Alike_lines_stand_together_and_the_more_vulnerable_end_comes_first() => Assert.Equal(
        [2, 0, 3, 1], Find("clustered").Arrange([[0.9, 0.1, 0.1], [0.1, 0.1, 0.9], [0.95, 0.15, 0.1], [0.1, 0.1, 0.8]]));

    [Theory]
    [InlineData("mean", "Technique 3|Technique 2|Technique 1", "Failure mode 4|Failure mode 3|Failure mode 2|Failure mode 1")]
    [InlineData("clustered", "Technique 3|Technique 2|Technique 1", "Failure mode 4|Failure mode 3|Failure mode 2|Failure mode 1")]
    [InlineData("catalogue", "Technique 1|Technique 2|Technique 3", "Failure mode 1|Failure mode 2|Failure mode 3|Failure mode 4")]
    public async Task Rows_columns_and_cells_move_together_and_the_address_keeps_the_order(string order, string rows, string columns)
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        var page = await _portal.PageAsync($"/studies/scene/matrix?order={order}");
        Assert.Equal(rows.Split('|'), page.Texts(".heat tbody th"));
        Assert.Equal(columns.Split('|'), page.Texts(".heat thead th"));
        Assert.Equal(order, page.Document.QuerySelector("#order option[selected]")!.GetAttribute("value"));
        var cell = page.Document.QuerySelector(".heat td a[href$='/cells/T3/F1']")!;
        Assert.StartsWith("67%", cell.TextContent.Trim(), StringComparison.Ordinal);
        var kept = order == "catalogue" ? "" : $"order={order}";
        Assert.All(
            page.Hrefs(".switches nav a").Concat(page.Hrefs(".cite a").Take(1)).Concat(page.Hrefs(".files a[href*='/figures/']")),
            href => Assert.Equal(kept.Length > 0, href.Contains("order=", StringComparison.Ordinal)));
        var file = new SvgPicture(await _portal.Http.GetStringAsync(page.Hrefs(".files a[href*='.svg']")[0]));
        file.HoldsAllText();
    }

    [Fact]
    public async Task An_order_that_there_is_not_is_refused_by_the_page_and_by_the_file()
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        const string words = "order is 'size'; allowed: catalogue, mean, clustered.";
        var page = await _portal.PageAsync("/studies/scene/matrix?order=size", HttpStatusCode.BadRequest);
        Assert.Contains(words, page.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal("Technique 1", page.Texts(".heat tbody th")[0]);
        using var file = await _portal.Http.GetAsync("/studies/scene/figures/matrix.svg?v=12&order=size");
        Assert.Equal(HttpStatusCode.BadRequest, file.StatusCode);
        Assert.Contains(words, await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static MatrixOrder Find(string id) => MatrixOrder.Find(id)!;
}
