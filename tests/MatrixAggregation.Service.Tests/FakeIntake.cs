using System.Collections.Concurrent;
using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>Intake's feed and what feedback asks of it, over real HTTP. It shows as much of each ledger as the test says.</summary>
internal sealed class FakeIntake : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ECDsa _key;
    private readonly ConcurrentDictionary<string, StudyLedger> _studies = new();
    private readonly ConcurrentDictionary<string, long> _shown = new();
    private int _names;

    private FakeIntake(WebApplication app, ECDsa key) => (_app, _key) = (app, key);

    public string Address => _app.Urls.First();

    /// <summary>Entries that the feed gave out.</summary>
    public long EntriesGiven { get; private set; }

    /// <summary>Who the bearer of an Authorization header is as a rater.</summary>
    public ConcurrentDictionary<string, StudyRater> Raters { get; } = new();

    /// <summary>What was released, hash to text; each is a page of its own. Null: intake fails.</summary>
    public IReadOnlyList<ReleasedRationale>? Rationales { get; set; } = [];

    /// <summary>Openings in one answer.</summary>
    public int OpeningsPerPage { get; set; } = 256;

    public static async Task<FakeIntake> StartAsync(LocalKeys keys)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => ContractJson.Configure(json.SerializerOptions));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(keys.PagePrivateFile));
        var intake = new FakeIntake(app, key);
        app.MapGet("/api/v1/ledger", () => new LedgerHeads([.. intake._studies.Values.Select(intake.ShownHead)]));
        app.MapGet("/api/v1/ledger/{study}/entries", intake.Entries);
        app.MapGet("/api/v1/ledger/{study}/openings", (string study, int round, long from) =>
            intake._studies[study].Openings(round, from, intake.OpeningsPerPage));
        app.MapGet("/api/v1/studies/{study}/rater", (HttpRequest request) =>
            intake.Raters.TryGetValue(request.Headers.Authorization.ToString(), out var rater) ? Results.Ok(rater) : Results.NotFound());
        app.MapGet("/api/v1/studies/{study}/rounds/{round:int}/rationales", intake.Released);
        await app.StartAsync();
        return intake;
    }

    /// <summary>A new study of which the feed shows everything.</summary>
    public StudyLedger Study(string? name = null)
    {
        var ledger = new StudyLedger(name ?? $"study-{Interlocked.Increment(ref _names)}", _key);
        return _studies[ledger.Study] = ledger;
    }

    /// <summary>From now on the feed shows the study's first entries only.</summary>
    public void Show(StudyLedger ledger, long entries) => _shown[ledger.Study] = entries;

    public void ShowAll(StudyLedger ledger) => _shown.TryRemove(ledger.Study, out _);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private TreeHead ShownHead(StudyLedger ledger) => ledger.Head(ShownSize(ledger));

    private long ShownSize(StudyLedger ledger) => Math.Min(ledger.Size, _shown.GetValueOrDefault(ledger.Study, long.MaxValue));

    private IResult Released(string study, int round, long from) => Rationales is not { } all
        ? Results.StatusCode(StatusCodes.Status500InternalServerError)
        : Results.Ok(new RoundRationales(study, round, [.. all.Skip((int)from).Take(1)], from + 1 < all.Count ? from + 1 : null));

    private IResult Entries(string study, long from, int limit = 256)
    {
        if (!_studies.TryGetValue(study, out var ledger) || from > ShownSize(ledger)) return Results.NotFound();
        var page = ledger.Page(from, Math.Min(from + limit, ShownSize(ledger)));
        EntriesGiven += page.Entries.Count;
        return Results.Ok(page);
    }
}
