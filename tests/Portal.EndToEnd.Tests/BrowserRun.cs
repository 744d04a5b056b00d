using AlignmentMesh.Architecture.Tests.Operating;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.EndToEnd.Tests;
using AlignmentMesh.Mesh.Cli.Samples;
using Microsoft.Playwright;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>The whole mesh with its portal and its sample studies, a study without ratings, and a browser.</summary>
public sealed class BrowserRun : MeshRun, IDisposable
{
    public const string Sample = "example";

    private readonly DebianProgram _chromium =
        new("chromium", "chromium", "usr/lib/chromium/chromium", "chromium-common", "fonts-liberation");

    private IPlaywright? _playwright;

    /// <summary>Why there is no browser; null when there is one.</summary>
    public string? Missing { get; private set; }

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>A study that nobody has rated in yet.</summary>
    public string Empty { get; private set; } = "";

    public Uri Portal => Mesh.Address(MeshService.Portal);

    public override async Task InitializeAsync()
    {
        Missing = await MissingAsync();
        if (Missing is not null) return;
        await Task.WhenAll(base.InitializeAsync(), StartBrowserAsync());
        var clock = TimeProvider.System;
        await SampleStudies.LoadMissingAsync(
            Mesh.Address(MeshService.RatingIntake), holder => LocalTokens.Mint(Mesh.Keys, holder, TimeSpan.FromHours(1), clock), clock,
            CancellationToken.None);
        Empty = await StudyAsync(PaperTable.Catalogue, "open", "lab-a");
        // Every step is an entry, after the study's own. Only then does no page change by itself any more.
        foreach (var (study, size) in SampleStudies.All.Select(one => (one.Id, one.Steps.Count + 1)).Append((Empty, 3)))
        {
            await WaitForVersionAsync(study, size, "rohl-1");
            await WaitForSigningAsync(study, signed => signed.Size == size);
        }
    }

    public override async Task DisposeAsync()
    {
        if (Missing is not null) return;
        await Browser.DisposeAsync();
        _playwright!.Dispose();
        await base.DisposeAsync();
    }

    public void Dispose() => _chromium.Dispose();

    protected override LocalMeshOptions Options() => base.Options() with { Services = MeshService.All };

    /// <summary>A chromium of one's own is named by MESH_CHROMIUM.</summary>
    private async Task<string?> MissingAsync() => Environment.GetEnvironmentVariable("MESH_CHROMIUM") is { Length: > 0 } own
        ? File.Exists(own) ? null : $"MESH_CHROMIUM names {own}, which does not exist."
        : await _chromium.MissingAsync();

    private async Task StartBrowserAsync()
    {
        var (file, environment) = _chromium.Start;
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)Visit.Patience.TotalMilliseconds);
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MESH_CHROMIUM") is { Length: > 0 } own ? own : file,
            ChromiumSandbox = false,
            // It is started while the mesh is.
            Timeout = 120_000,
            Env = environment.Count == 0 ? null : Merged(environment),
            Args =
            [
                "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-dev-shm-usage",
            ],
        });
    }

    private static Dictionary<string, string> Merged(IReadOnlyDictionary<string, string> more)
    {
        var all = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        foreach (var (name, value) in more) all[name] = value;
        return all;
    }
}

[CollectionDefinition(Name)]
public sealed class OnOnePortal : ICollectionFixture<BrowserRun>
{
    public const string Name = "one portal";
}
