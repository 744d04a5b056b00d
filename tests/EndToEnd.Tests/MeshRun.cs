using System.Net.Http.Headers;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Ledger;
using AlignmentMesh.Tests;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>The whole mesh, every service a process of its own, with a trace backend of the tests.</summary>
public class MeshRun : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private int _studies;

    /// <summary>The one whose cosignatures rating-intake keeps.</summary>
    internal static NoteSigner Witness { get; } = new("known.example", NoteAlgorithm.CosignatureV1, new byte[32]);

    public DataDirectory Directory { get; } = DataDirectory.CreateTemporary();

    public OtlpReceiver Traces { get; } = new();

    public LocalMesh Mesh { get; private set; } = null!;

    public virtual async Task InitializeAsync() => Mesh = await LocalMesh.StartAsync(Directory, Options());

    protected virtual LocalMeshOptions Options() => new()
    {
        Environment = MeshService.Pipeline.ToDictionary(
            service => service.Name,
            _ => (IReadOnlyDictionary<string, string>)new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Traces.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
                ["Ledger__Witnesses__0"] = Witness.Key.ToString(),
            }),
    };

    public virtual async Task DisposeAsync()
    {
        await Mesh.DisposeAsync();
        Traces.Dispose();
        Directory.Delete();
    }

    public MeshClient Intake(string organisation = "", string subject = "", params string[] roles) =>
        Client(MeshService.RatingIntake, organisation, subject, roles);

    public MeshClient Matrix => Client(MeshService.MatrixAggregation, "", "", []);

    public MeshClient MatrixAs(string organisation, string subject, params string[] roles) =>
        Client(MeshService.MatrixAggregation, organisation, subject, roles);

    public MeshClient Risk => Client(MeshService.RiskScoring, "", "", []);

    /// <summary>A study with the given catalogue, organisations admitted, and a first round open.</summary>
    public async Task<string> StudyAsync(Catalogue catalogue, string mode, params string[] organisations)
    {
        var study = $"e2e-{Interlocked.Increment(ref _studies)}";
        await Intake("owner", "olga", "org-admin").OkAsync<StudyChanged>("studies", new OpenStudyRequest(study, "A study", catalogue));
        foreach (var organisation in organisations)
            await Manager.OkAsync<StudyChanged>($"studies/{study}/organisations", new AdmitOrganisationRequest(organisation, organisation));
        await Manager.OkAsync<StudyChanged>($"studies/{study}/rounds", new OpenRoundRequest(mode));
        return study;
    }

    /// <summary>Waits until the checkpoint signer says so of a study.</summary>
    public async Task WaitForSigningAsync(string study, Predicate<SignedLedger> wanted)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var signed = (await TryGetAsync<SigningReport>(Client(MeshService.CheckpointSigning, "", "", []), "signing"))?.Ledgers
                .SingleOrDefault(ledger => ledger.Study == study);
            if (signed is not null && wanted(signed)) return;
            Assert.False(limit.IsCancellationRequested, $"the signer says {signed}");
            await Task.Delay(50);
        }
    }

    public MeshClient Manager => Intake("owner", "mia", "round-manager");

    /// <summary>Waits until matrix and risk have both published the version of a ledger size.</summary>
    public async Task<(MatrixView Matrix, RiskReport Risk)> WaitForVersionAsync(string study, long size, string lens = "crisp",
        TimeSpan? limit = null)
    {
        using var given = new CancellationTokenSource(limit ?? Patience);
        while (true)
        {
            var matrix = await TryGetAsync<MatrixView>(Matrix, $"studies/{study}/matrix?lens={lens}");
            var risk = await TryGetAsync<RiskReport>(Risk, $"studies/{study}/risk?lens={lens}&portfolios=all");
            if (matrix?.Version >= size && risk?.Version >= size) return (matrix, risk);
            Assert.False(given.IsCancellationRequested, $"ledger {size}, but matrix {matrix?.Version} and risk {risk?.Version}");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits until the matrix covers a ledger size; risk may be behind.</summary>
    public async Task WaitForMatrixAsync(string study, long size)
    {
        using var given = new CancellationTokenSource(Patience);
        while (await TryGetAsync<MatrixHeads>(Matrix, "matrix/heads") is var heads
            && (heads?.Heads.FirstOrDefault(head => head.Study == study)?.Version ?? 0) is var version && version < size)
        {
            Assert.False(given.IsCancellationRequested, $"ledger {size}, but matrix {version}");
            await Task.Delay(50);
        }
    }

    /// <summary>The first entries of a study's ledger, page by page.</summary>
    public async Task<List<LedgerEntry>> EntriesAsync(string study, long size)
    {
        var entries = new List<LedgerEntry>();
        while (entries.Count < size)
            entries.AddRange((await Intake().GetAsync<LedgerPage>($"ledger/{study}/entries?from={entries.Count}")).Entries);
        return entries;
    }

    public IEnumerable<string> LogFiles => System.IO.Directory.EnumerateFiles(Directory.Logs, "*.log", SearchOption.AllDirectories);

    /// <summary>Null when nobody answers.</summary>
    public static async Task<HttpResponseMessage?> TryAnswerAsync(Uri address)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            return await http.GetAsync(address);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            // The service is being killed or started by the test.
            return null;
        }
    }

    /// <summary>Null when it is not there, or nobody answers.</summary>
    public static async Task<T?> TryGetAsync<T>(MeshClient client, string path)
        where T : class
    {
        try
        {
            using var answer = await client.RawAsync(path);
            if (!answer.IsSuccessStatusCode) return null;
            return JsonSerializer.Deserialize<T>(await answer.Content.ReadAsStringAsync(), ContractJson.Options);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            // The service is being killed or started by the test.
            return null;
        }
    }

    private MeshClient Client(MeshService service, string organisation, string subject, string[] roles) =>
        At(Mesh.Address(service), TimeSpan.FromSeconds(20), organisation, subject, roles);

    /// <summary>A client of one instance; without a role it is anonymous.</summary>
    public MeshClient At(Uri address, TimeSpan limit, string organisation = "", string subject = "", params string[] roles)
    {
        var http = new HttpClient { BaseAddress = new Uri(address, "/api/v1/"), Timeout = limit };
        if (roles.Length > 0)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LocalTokens.Mint(
                Mesh.Keys, new TokenHolder(organisation, roles, subject), TimeSpan.FromMinutes(30), TimeProvider.System));
        return new MeshClient(http);
    }
}

[CollectionDefinition(Name)]
public sealed class OnOneMesh : ICollectionFixture<MeshRun>
{
    public const string Name = "the whole mesh";
}
