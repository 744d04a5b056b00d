using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Deploy.Local.Services;

namespace AlignmentMesh.RatingIntake.Service.Tests;

/// <summary>rating-intake as a process of its own on real servers, shared by the assembly; each test opens its own study.</summary>
public sealed class IntakeMesh : IAsyncLifetime
{
    private readonly DataDirectory _directory = DataDirectory.CreateTemporary();
    private int _studies;

    public LocalMesh Mesh { get; private set; } = null!;

    public Uri Address => Mesh.Address(MeshService.RatingIntake);

    public async Task InitializeAsync() =>
        Mesh = await LocalMesh.StartAsync(_directory, new LocalMeshOptions { Services = [MeshService.RatingIntake] });

    public async Task DisposeAsync()
    {
        await Mesh.DisposeAsync();
        _directory.Delete();
    }

    /// <summary>A client that speaks for one person; without a role it is anonymous.</summary>
    public IntakeClient As(string organisation, string subject, params string[] roles) => At(Address, organisation, subject, roles);

    public IntakeClient At(Uri address, string organisation, string subject, params string[] roles)
    {
        var http = new HttpClient { BaseAddress = new Uri(address, "/api/v1/") };
        if (roles.Length > 0)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LocalTokens.Mint(
                Mesh.Keys, new TokenHolder(organisation, roles, subject), TimeSpan.FromMinutes(30), TimeProvider.System));
        return new IntakeClient(http);
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

/// <summary>HTTP as a client speaks it: a new Idempotency-Key with each post unless one is given.</summary>
public sealed class IntakeClient(HttpClient http)
{
    private static int _keys;

    public async Task<HttpResponseMessage> PostAsync<T>(string path, T body, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = body is string csv
            ? new StringContent(csv, Encoding.UTF8, "text/csv")
            : JsonContent.Create(body, options: ContractJson.Options);
        request.Headers.Add("Idempotency-Key", key ?? $"key-{Interlocked.Increment(ref _keys)}");
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await http.SendAsync(request);
    }

    public async Task<T> OkAsync<T>(string path, object body, string? key = null)
    {
        using var answer = await PostAsync(path, body, key);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options))!;
    }

    public async Task<T> GetAsync<T>(string path)
    {
        using var answer = await http.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options))!;
    }

    public Task<HttpResponseMessage> RawAsync(string path) => http.GetAsync(path);

    /// <summary>The head once the ledger has reached a size; fails after ten seconds.</summary>
    public async Task<TreeHead> WaitForSizeAsync(string study, long size)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            using var answer = await http.GetAsync($"ledger/{study}", limit.Token);
            if (answer.IsSuccessStatusCode && await answer.Content.ReadFromJsonAsync<TreeHead>(ContractJson.Options, limit.Token) is { } head
                && head.Size >= size) return head;
            await Task.Delay(20, limit.Token);
        }
    }
}
