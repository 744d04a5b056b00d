using System.Net.Http.Headers;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Ledger;
using AlignmentMesh.Tests;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.Tests;

/// <summary>rating-intake as a process of its own on real servers, shared by the assembly; each test opens its own study.</summary>
public sealed class IntakeMesh : IAsyncLifetime
{
    private readonly DataDirectory _directory = DataDirectory.CreateTemporary();
    private int _studies;

    /// <summary>The one whose cosignatures are kept.</summary>
    internal static NoteSigner Witness { get; } = new("witness.example", NoteAlgorithm.CosignatureV1, new byte[32]);

    public LocalMesh Mesh { get; private set; } = null!;

    public Uri Address => Mesh.Address(MeshService.RatingIntake);

    public async Task InitializeAsync() =>
        Mesh = await LocalMesh.StartAsync(_directory, new LocalMeshOptions
        {
            Services = [MeshService.RatingIntake],
            Environment = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                [MeshService.RatingIntake.Name] = new Dictionary<string, string> { ["Ledger__Witnesses__0"] = Witness.Key.ToString() },
            },
        });

    public async Task DisposeAsync()
    {
        await Mesh.DisposeAsync();
        _directory.Delete();
    }

    /// <summary>The service's own database, as its owner.</summary>
    public async Task<NpgsqlDataSource> DatabaseAsync() =>
        NpgsqlDataSource.Create(await Mesh.Servers.CreateDatabaseAsync(MeshService.RatingIntake.Database!));

    /// <summary>A client that speaks for one person; without a role it is anonymous.</summary>
    public MeshClient As(string organisation, string subject, params string[] roles) => At(Address, organisation, subject, roles);

    public MeshClient At(Uri address, string organisation, string subject, params string[] roles)
    {
        var http = new HttpClient { BaseAddress = new Uri(address, "/api/v1/") };
        if (roles.Length > 0)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LocalTokens.Mint(
                Mesh.Keys, new TokenHolder(organisation, roles, subject), TimeSpan.FromMinutes(30), TimeProvider.System));
        return new MeshClient(http);
    }

    /// <summary>A study of two techniques and two failure modes with one admitted organisation, `lab-a`.</summary>
    public async Task<string> StudyAsync(string? roundMode = "open")
    {
        var study = $"study-{Interlocked.Increment(ref _studies)}";
        await As("owner", "olga", "org-admin").OkAsync<StudyChanged>("studies", new OpenStudyRequest(study, "A study", Catalogue));
        var manager = As("owner", "mia", "round-manager");
        await manager.OkAsync<StudyChanged>($"studies/{study}/organisations", new AdmitOrganisationRequest("lab-a", "Lab A"));
        if (roundMode is not null) await manager.OkAsync<StudyChanged>($"studies/{study}/rounds", new OpenRoundRequest(roundMode));
        return study;
    }

    private static readonly Catalogue Catalogue = new(
        [new("RLHF", "RLHF", "Reinforcement learning from human feedback."), new("Debate", "AI debate", "Two systems argue.")],
        [new("COLL", "Collusion", "Systems collude."), new("AL-GEN", "Generalisation", "Alignment does not generalise.")],
        [new("both", ["RLHF", "Debate"])]);
}

[CollectionDefinition(Name)]
public sealed class OnRealServers : ICollectionFixture<IntakeMesh>
{
    public const string Name = "rating-intake on real servers";
}

/// <summary>For those who change the database behind the service's back: another one, since everybody else's has to be whole.</summary>
[CollectionDefinition(Name)]
public sealed class OnHarmedLedgers : ICollectionFixture<IntakeMesh>
{
    public const string Name = "rating-intake on a database that is harmed";
}
