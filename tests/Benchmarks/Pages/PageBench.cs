using AlignmentMesh.Benchmarks.Pipeline.Machine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Mesh.Cli.Samples;
using AlignmentMesh.Portal.EndToEnd.Tests;
using System.Net.Http.Json;

namespace AlignmentMesh.Benchmarks.Pages;

/// <summary>How long the portal takes for a page, the services' answers included: one reader, one request after the other.</summary>
internal sealed class PageBench(TextWriter progress, TimeProvider clock)
{
    private const string Study = "example";
    private const int Warming = 100;
    private const int Requests = 200;

    public async Task<PagesReport> RunAsync(CancellationToken token)
    {
        var directory = DataDirectory.CreateTemporary();
        var machine = MachineFacts.Read(directory.Run, clock);
        await progress.WriteLineAsync("Starting a mesh of its own with the sample studies");
        await using var mesh = await LocalMesh.StartAsync(
            directory, new LocalMeshOptions { OnlyPrivateServers = true, Services = MeshService.All }, token);
        await LoadAsync(mesh, token);
        using var portal = new HttpClient { BaseAddress = mesh.Address(MeshService.Portal) };
        var templates = Site.OfSample.Where(template => template != Site.Nowhere).ToArray();
        // All of them before the first is timed: they share code, and what one of them has compiled slows down the next.
        await progress.WriteLineAsync("Warming up");
        foreach (var template in templates) await TimeAsync(template, portal, Site.Fill(template, Study), Warming, token);
        using var matrix = new HttpClient { BaseAddress = mesh.Address(MeshService.MatrixAggregation) };
        // A page cannot be quicker than the portal's emptiest answer and one answer of the service it is about.
        var floors = new List<PageTime>
        {
            await TimeAsync("portal, /health/live", portal, "/health/live", Requests, token),
            await TimeAsync("matrix-aggregation, the newest matrix", matrix, $"/api/v1/studies/{Study}/matrix", Requests, token),
        };
        var pages = new List<PageTime>();
        foreach (var template in templates)
        {
            pages.Add(await TimeAsync(template, portal, Site.Fill(template, Study), Requests, token));
            await progress.WriteLineAsync(PagesReport.Line(pages[^1]));
        }

        return new PagesReport(machine, Warming, Requests, floors, [.. pages.OrderByDescending(page => page.P95)]);
    }

    private async Task LoadAsync(LocalMesh mesh, CancellationToken token)
    {
        var intake = mesh.Address(MeshService.RatingIntake);
        await SampleStudies.LoadMissingAsync(
            intake, holder => LocalTokens.Mint(mesh.Keys, holder, TimeSpan.FromHours(1), clock), clock, token);
        using var http = new HttpClient();
        var head = await http.GetFromJsonAsync<TreeHead>(new Uri(intake, $"/api/v1/ledger/{Study}"), ContractJson.Options, token);
        var risk = new Uri(mesh.Address(MeshService.RiskScoring), $"/api/v1/studies/{Study}/risk?version={head!.Size}");
        while (!(await http.GetAsync(risk, token)).IsSuccessStatusCode) await Task.Delay(TimeSpan.FromMilliseconds(50), clock, token);
    }

    private async Task<PageTime> TimeAsync(string name, HttpClient http, string path, int requests, CancellationToken token)
    {
        var (times, bytes) = (new double[requests], 0);
        for (var i = 0; i < requests; i++)
        {
            var begun = clock.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), token);
            answer.EnsureSuccessStatusCode();
            bytes = (await answer.Content.ReadAsByteArrayAsync(token)).Length;
            times[i] = clock.GetElapsedTime(begun).TotalMilliseconds;
        }

        return PageTime.Of(name, times, bytes);
    }
}
