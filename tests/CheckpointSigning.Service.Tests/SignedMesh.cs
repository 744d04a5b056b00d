using System.Net.Http.Headers;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Tests;
using Npgsql;

namespace AlignmentMesh.CheckpointSigning.Service.Tests;

/// <summary>rating-intake and the checkpoint signer as processes of their own on real servers; each test opens its own study.</summary>
public sealed class SignedMesh : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Catalogue Catalogue = new(
        [new("RLHF", "RLHF", "Reinforcement learning from human feedback.")], [new("COLL", "Collusion", "Systems collude.")], []);

    private readonly DataDirectory _directory = DataDirectory.CreateTemporary();
    private int _studies;

    public LocalMesh Mesh { get; private set; } = null!;

    public MeshClient Reader => As("", "");

    public MeshClient Signer => At(MeshService.CheckpointSigning, "", "");

    public ServiceProcess SignerProcess => Mesh.Service(MeshService.CheckpointSigning);

    public async Task InitializeAsync() => Mesh = await LocalMesh.StartAsync(_directory, new LocalMeshOptions
    {
        Services = [MeshService.RatingIntake, MeshService.CheckpointSigning],
        Environment = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            [MeshService.CheckpointSigning.Name] = new Dictionary<string, string> { ["Signing__Interval"] = "00:00:00.1" },
        },
    });

    public async Task DisposeAsync()
    {
        await Mesh.DisposeAsync();
        _directory.Delete();
    }

    public MeshClient As(string organisation, string subject, params string[] roles) =>
        At(MeshService.RatingIntake, organisation, subject, roles);

    public MeshClient Manager(string subject) => As("owner", subject, "round-manager");

    /// <summary>A study with so many entries, at least three, all of them signed.</summary>
    public async Task<string> StudyAsync(int size)
    {
        var study = $"study-{Interlocked.Increment(ref _studies)}";
        await As("owner", "olga", "org-admin").OkAsync<StudyChanged>("studies", new OpenStudyRequest(study, "A study", Catalogue));
        await Manager("mia").OkAsync<StudyChanged>($"studies/{study}/organisations", new AdmitOrganisationRequest("lab-a", "Lab A"));
        await Manager("mia").OkAsync<StudyChanged>($"studies/{study}/rounds", new OpenRoundRequest("open"));
        for (var n = 3; n < size; n++) await RateAsync(study, n / 100m);
        await WaitAsync(study, signed => signed.Size == size);
        await WaitForNoteAsync(study, size);
        return study;
    }

    public Task<RatingsReceipt> RateAsync(string study, decimal best) => As("lab-a", "ann", "rater").OkAsync<RatingsReceipt>(
        $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: best)]));

    /// <summary>What the signer says of a study once it says what is waited for.</summary>
    public async Task<SignedLedger> WaitAsync(string study, Predicate<SignedLedger> wanted)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var signed = (await Signer.GetAsync<SigningReport>("signing")).Ledgers.SingleOrDefault(ledger => ledger.Study == study);
            if (signed is not null && wanted(signed)) return signed;
            Assert.False(limit.IsCancellationRequested, $"the signer says {signed}");
            await Task.Delay(20);
        }
    }

    /// <summary>The checkpoint of a size once rating-intake serves it: it is signed first, and brought there after.</summary>
    public async Task<string> WaitForNoteAsync(string study, long size)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            using var answer = await Reader.RawAsync($"ledger/{study}/checkpoint?size={size}");
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode) return text;
            Assert.False(limit.IsCancellationRequested, text);
            await Task.Delay(20);
        }
    }

    public Task<SignedLedger> WaitForRefusalAsync(string study) => WaitAsync(study, signed => signed.Refusal is not null);

    /// <summary>Waits for a line of the signer's log that has all the parts.</summary>
    public async Task WaitForLineAsync(params string[] parts)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!SignerProcess.Process.RecentLines.Split('\n').Any(line => parts.All(line.Contains)))
        {
            Assert.False(limit.IsCancellationRequested, SignerProcess.Process.RecentLines);
            await Task.Delay(20);
        }
    }

    /// <summary>As a superuser whom no trigger stops.</summary>
    public async Task<NpgsqlConnection> SuperuserAsync()
    {
        var owner = new NpgsqlConnectionStringBuilder(await Mesh.Servers.CreateDatabaseAsync(MeshService.RatingIntake.Database!));
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Mesh.Servers.PostgresAdmin) { Database = owner.Database }.ConnectionString);
        await connection.OpenAsync();
        await using var quiet = new NpgsqlCommand("set session_replication_role = replica", connection);
        await quiet.ExecuteNonQueryAsync();
        return connection;
    }

    private MeshClient At(MeshService service, string organisation, string subject, params string[] roles)
    {
        var http = new HttpClient { BaseAddress = new Uri(Mesh.Address(service), "/api/v1/") };
        if (roles.Length > 0)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LocalTokens.Mint(
                Mesh.Keys, new TokenHolder(organisation, roles, subject), TimeSpan.FromMinutes(30), TimeProvider.System));
        return new MeshClient(http);
    }
}

[CollectionDefinition(Name)]
public sealed class OnSignedMesh : ICollectionFixture<SignedMesh>
{
    public const string Name = "a mesh that is signed";
}
