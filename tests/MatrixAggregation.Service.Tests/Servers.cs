using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>Real PostgreSQL and RabbitMQ for the whole assembly; each scene gets a database and a virtual host of its own.</summary>
public sealed class Servers : IAsyncLifetime
{
    private readonly DataDirectory _directory = DataDirectory.CreateTemporary();
    private LocalServers _servers = null!;
    private int _scenes;

    internal LocalKeys Keys { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _servers = await LocalServers.StartAsync(_directory);
        Keys = LocalKeys.In(_directory);
    }

    public async Task DisposeAsync() => await _servers.DisposeAsync();

    internal async Task<Scene> SceneAsync() => new(this, await FakeIntake.StartAsync(Keys), await DatabaseAsync(), await BrokerAsync());

    internal Task<string> DatabaseAsync() => _servers.CreateDatabaseAsync($"matrix_{Interlocked.Increment(ref _scenes)}");

    private async Task<Uri> BrokerAsync()
    {
        var name = $"scene-{Interlocked.Increment(ref _scenes)}";
        var user = Uri.UnescapeDataString(_servers.RabbitMqUri.UserInfo);
        using var management = new HttpClient { BaseAddress = _servers.RabbitMqManagement };
        management.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
        using var created = await management.PutAsJsonAsync($"api/vhosts/{name}", new { });
        created.EnsureSuccessStatusCode();
        using var allowed = await management.PutAsJsonAsync(
            $"api/permissions/{name}/{user.Split(':')[0]}", new { configure = ".*", write = ".*", read = ".*" });
        allowed.EnsureSuccessStatusCode();
        return new UriBuilder(_servers.RabbitMqUri) { Path = name }.Uri;
    }
}

[CollectionDefinition(Name)]
public sealed class OnRealServers : ICollectionFixture<Servers>
{
    public const string Name = "matrix-aggregation on real servers";
}
