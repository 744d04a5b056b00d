using System.Net;
using AlignmentMesh.Deploy.Local.Services;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>A service is away: a page shows what it has, says what is missing, and is as usable as before.</summary>
public sealed class AwayTests(BrowserRun run) : BrowserTest(run)
{
    private static readonly (string Template, string Path)[] Pages =
        [.. Site.Routes.Select(template => (template, Site.Fill(template, BrowserRun.Sample)))];

    /// <summary>How many pages at least have to say that the service is away.</summary>
    private static readonly Dictionary<MeshService, int> Fewest = new()
    {
        [MeshService.RatingIntake] = 15,
        [MeshService.MatrixAggregation] = 16,
        [MeshService.RiskScoring] = 3,
    };

    [SkippableFact]
    public async Task Without_a_service_every_page_says_so_or_lacks_nothing()
    {
        await using var visit = await BeginAsync(Narrow);
        var whole = new Dictionary<string, string>();
        foreach (var (_, path) in Pages) whole[path] = (await GetAsync(path)).Html;
        foreach (var service in MeshService.Pipeline)
        {
            var process = Run.Mesh.Service(service).Process;
            await process.StopAsync();
            try
            {
                await AssertToldAsync(visit, service, whole);
            }
            finally
            {
                await process.StartAsync();
            }
        }

        None(visit.Faults);
    }

    private async Task AssertToldAsync(Visit visit, MeshService service, Dictionary<string, string> whole)
    {
        var faults = new List<string>();
        var told = 0;
        foreach (var (template, path) in Pages)
        {
            var (status, html) = await GetAsync(path);
            if (status is not (HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable))
                faults.Add($"{template} answers {status}");
            if (!html.Contains($"{service.Name} is not answering", StringComparison.Ordinal))
            {
                if (html != whole[path]) faults.Add($"{template} lacks something without {service.Name} and does not say so");
                continue;
            }

            told++;
            await visit.GoAsync(path);
            if (await visit.CountAsync("h1") != 1) faults.Add($"{template} has no heading");
            if (await visit.SidewaysAsync() > 0) faults.Add($"{template} is wider than {Narrow} pixels");
            faults.AddRange(await visit.ViolationsAsync());
        }

        None(faults);
        Assert.True(told >= Fewest[service], $"{told} pages say that {service.Name} is away");
    }

    private async Task<(HttpStatusCode Status, string Html)> GetAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Run.Portal };
        using var answer = await http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
