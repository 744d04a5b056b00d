using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using CsvHelper;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>Every figure's files, as a reader gets them by the links under it.</summary>
public sealed class DownloadTests(BrowserRun run) : BrowserTest(run)
{
    /// <summary>Pages that between them have every figure.</summary>
    public static TheoryData<string> Pages =>
    [
        "/", "/studies/example/matrix", "/studies/example/matrix?view=disagreement", "/studies/example/matrix?view=coverage",
        "/studies/example/matrix?view=change&since=8", "/studies/example/risk", "/studies/example/cells/RE/DEC-AL",
        "/studies/example/disagreement",
        "/studies/example/techniques/RLHF", "/studies/example/failure-modes/COLL",
    ];

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task Files_of_a_figure_can_be_read_say_the_same_and_hold_all_their_text(string path)
    {
        await using var visit = await BeginAsync();
        await visit.GoAsync(path);
        using var http = new HttpClient { BaseAddress = Run.Portal };
        var figures = await visit.Page.EvalOnSelectorAllAsync<string[]>(
            ".files a[download][href*='.svg']", "links => links.map(link => link.getAttribute('href'))");
        Assert.True(figures.Length > 0, await visit.TextAsync());
        foreach (var svg in figures)
        {
            var picture = await http.GetStringAsync(svg);
            var (width, height) = Size(XDocument.Parse(picture));
            await visit.Page.SetContentAsync(picture);
            Assert.Empty(await visit.Page.EvaluateAsync<string[]>(
                """
                () => { const all = document.querySelector('svg').viewBox.baseVal;
                  return [...document.querySelectorAll('svg text')].filter(text => {
                    const box = text.getBoundingClientRect(), svg = text.ownerSVGElement.getBoundingClientRect(), k = all.width / svg.width;
                    return (box.left - svg.left) * k < -0.5 || (box.right - svg.left) * k > all.width + 0.5
                      || (box.top - svg.top) * k < -3 || (box.bottom - svg.top) * k > all.height + 3;
                  }).map(text => text.textContent); }
                """));
            Assert.True(width > 0 && height > 0);
            var rows = Rows(await http.GetStringAsync(svg.Replace(".svg", ".csv", StringComparison.Ordinal)));
            var json = JsonDocument.Parse(await http.GetByteArrayAsync(svg.Replace(".svg", ".json", StringComparison.Ordinal))).RootElement;
            Assert.Equal(rows.Count, json.GetProperty("rows").GetArrayLength());
            var digest = json.GetProperty("digest").GetString()!;
            Assert.Contains(digest, picture, StringComparison.Ordinal);
            Assert.All(rows, row => Assert.Equal(digest, row["digest"]));
        }
    }

    [SkippableFact]
    public async Task A_png_is_drawn_from_the_picture_at_twice_its_size()
    {
        await using var visit = await BeginAsync();
        foreach (var path in (string[])["/studies/example/matrix", "/studies/example/risk"])
        {
            await visit.GoAsync(path);
            var link = visit.Page.Locator("[data-png]").First;
            using var http = new HttpClient { BaseAddress = Run.Portal };
            var (width, height) = Size(XDocument.Parse(await http.GetStringAsync(await link.GetAttributeAsync("href"))));
            var download = await visit.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
            Assert.EndsWith(".png", download.SuggestedFilename, StringComparison.Ordinal);
            var bytes = await File.ReadAllBytesAsync((await download.PathAsync())!);
            Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], bytes[..8]);
            Assert.Equal(2 * width, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), 2.0);
            Assert.Equal(2 * height, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)), 2.0);
        }

        None(visit.Faults);
    }

    private static (double Width, double Height) Size(XDocument picture)
    {
        var box = ((string)picture.Root!.Attribute("viewBox")!).Split(' ')
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (box[2], box[3]);
    }

    private static List<IDictionary<string, object>> Rows(string csv)
    {
        using var reader = new CsvReader(new StringReader(csv), CultureInfo.InvariantCulture);
        return [.. reader.GetRecords<dynamic>().Cast<IDictionary<string, object>>()];
    }
}
