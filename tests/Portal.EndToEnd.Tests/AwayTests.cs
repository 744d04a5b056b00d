using System.Collections.Concurrent;
using System.Net;
using AlignmentMesh.Deploy.Local.Services;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>A service is away: a page shows what it has, says what is missing, and is as usable as before.</summary>
public sealed class AwayTests(BrowserRun run) : BrowserTest(run)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How many pages at least have to say that the service is away.</summary>
    private static readonly Dictionary<MeshService, int> Fewest = new()
    {
        [MeshService.RatingIntake] = 15,
        [MeshService.MatrixAggregation] = 16,
        [MeshService.RiskScoring] = 3,
    };

    [SkippableFact]
    public async Task Without_a_service_every_page_says_so_or_lacks_nothing_and_is_whole_again_when_it_is_back()
    {
        Skip.If(Run.Missing is not null, Run.Missing);
        var whole = new Dictionary<string, string>();
        foreach (var template in Site.Routes) whole[template] = await WaitForWholeAsync(template);
        foreach (var service in MeshService.Pipeline)
        {
            var process = Run.Mesh.Service(service).Process;
            await process.StopAsync();
            try
            {
                await AssertToldAsync(service, whole);
            }
            finally
            {
                await process.StartAsync();
            }

            await WaitUntilWholeAsync(whole);
        }
    }

    private async Task AssertToldAsync(MeshService service, Dictionary<string, string> whole)
    {
        var told = new ConcurrentQueue<string>();
        await EachAsync(Site.Routes, Narrow, async (visit, template) =>
        {
            var (status, html) = await GetAsync(template);
            Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.ServiceUnavailable]);
            if (!html.Contains($"{service.Name} is not answering", StringComparison.Ordinal))
            {
                Assert.True(html == whole[template], $"lacks something without {service.Name} and does not say so");
                return;
            }

            told.Enqueue(template);
            await visit.GoAsync(Site.Fill(template, BrowserRun.Sample));
            Assert.Equal(1, await visit.CountAsync("h1"));
            Assert.True(await visit.SidewaysAsync() <= 0, $"wider than {Narrow} pixels");
            None(await visit.ViolationsAsync());
            None(visit.Faults);
        });
        Assert.True(told.Count >= Fewest[service], $"{told.Count} pages say that {service.Name} is away");
    }

    /// <summary>The portal asks a service that was away only after a pause.</summary>
    private async Task WaitUntilWholeAsync(Dictionary<string, string> whole)
    {
        using var limit = new CancellationTokenSource(Patience);
        foreach (var (template, html) in whole)
            while ((await GetAsync(template)).Html != html)
            {
                Assert.False(limit.IsCancellationRequested, $"{template} is not what it was before");
                await Task.Delay(50);
            }
    }

    /// <summary>A page once it says the same twice and lacks nothing: a service's first answer may take longer than a page waits.</summary>
    private async Task<string> WaitForWholeAsync(string template)
    {
        using var limit = new CancellationTokenSource(Patience);
        for (var before = ""; ;)
        {
            var html = (await GetAsync(template)).Html;
            if (html == before && !html.Contains(" is not answering", StringComparison.Ordinal)) return html;
            Assert.False(limit.IsCancellationRequested, $"{template} does not come to rest");
            before = html;
            await Task.Delay(50);
        }
    }

    private async Task<(HttpStatusCode Status, string Html)> GetAsync(string template)
    {
        using var http = new HttpClient { BaseAddress = Run.Portal };
        using var answer = await http.GetAsync(Site.Fill(template, BrowserRun.Sample));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
