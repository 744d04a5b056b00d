using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Npgsql;

namespace AlignmentMesh.Deploy.Local.Tests;

[Collection(PrivateServersTestGroup.Name)]
public sealed class PrivateServersTests(PrivateServers own)
{
    private LocalServers Servers => own.Servers;

    [Fact]
    public void The_servers_listen_on_loopback_only()
    {
        var listening = ProcessTable.ListeningOn(ProcessTable.Tree(own.Processes));

        Assert.Contains(listening, address => address.Port == Servers.PostgresPort);
        Assert.Contains(listening, address => address.Port == Servers.RabbitMqUri.Port);
        Assert.Contains(listening, address => address.Port == Servers.RabbitMqManagement!.Port);
        // Two servers, the management, the metrics, Erlang's distribution and its port mapper.
        Assert.True(listening.Select(address => address.Port).Distinct().Count() >= 6, string.Join(' ', listening));
        Assert.All(listening, address => Assert.True(IPAddress.IsLoopback(address.Address), address.ToString()));
    }

    [Fact]
    public void Only_the_owner_can_read_what_the_servers_keep()
    {
        const UnixFileMode others = (UnixFileMode)0b000_111_111;
        var entries = Directory.EnumerateFileSystemEntries(own.Directory.Root, "*", SearchOption.AllDirectories).ToList();

        Assert.True(entries.Count > 100, $"{entries.Count} entries");
        Assert.All(entries, entry => Assert.True((ModeOf(entry) & others) == 0, $"{entry}: {ModeOf(entry)}"));
        // Root's servers run under accounts of their own, which have to pass through the top folder but need not list it.
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(own.Directory.Root) & (UnixFileMode)0b000_110_110);
    }

    [Fact]
    public async Task Data_committed_before_postgresql_is_killed_is_there_after_it_starts_again()
    {
        var database = await Servers.CreateDatabaseAsync("kept");
        await RunAsync(database, "create table t as select 42 as x");

        await Servers.Postgres.KillAsync();
        Assert.Null(Servers.Postgres.ProcessId);
        await Servers.Postgres.StartAsync();

        NpgsqlConnection.ClearAllPools();
        Assert.Equal(42, await RunAsync(database, "select x from t"));
    }

    [Fact]
    public async Task A_durable_queue_is_there_after_rabbitmq_was_killed_and_started_again()
    {
        using var http = As(Servers.RabbitMqUri.UserInfo);
        using var made = await http.PutAsync(
            Path("api/queues/%2F/kept-over-a-kill"), new StringContent("""{"durable":true}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        // RabbitMQ answers before a declaration is on disk; killed before that it forgets the queue.
        await WaitUntilOnDiskAsync("kept-over-a-kill");

        await Servers.RabbitMq.KillAsync();
        await Servers.RabbitMq.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await WaitForAnswerAsync(http, "api/queues/%2F/kept-over-a-kill"));
    }

    /// <summary>The management interface answers before the broker has all its queues back; what it says in the end counts.</summary>
    private static async Task<HttpStatusCode> WaitForAnswerAsync(HttpClient http, string path)
    {
        var limit = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await http.GetAsync(Path(path));
            if (answer.IsSuccessStatusCode || limit.Elapsed > TimeSpan.FromSeconds(60)) return answer.StatusCode;
            await Task.Delay(100);
        }
    }

    /// <summary>
    /// A declaration is several records, which Erlang's disk log writes at most two seconds late: it is complete once the log
    /// that names the queue has come to rest for longer than that.
    /// </summary>
    private async Task WaitUntilOnDiskAsync(string queue)
    {
        var (clock, rest) = (TimeProvider.System, TimeSpan.FromSeconds(3));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!Directory.EnumerateFiles(own.Directory.Root, "*", SearchOption.AllDirectories)
            .Where(file => System.IO.Path.GetExtension(file) is ".DCD" or ".DCL" or ".LOG")
            .Any(file => Holds(file, queue) && clock.GetUtcNow() - File.GetLastWriteTimeUtc(file) > rest))
            await Task.Delay(50, limit.Token);
    }

    /// <summary>The servers are at work: a file of theirs may be gone since it was listed.</summary>
    private static UnixFileMode ModeOf(string entry)
    {
        try
        {
            return File.GetUnixFileMode(entry);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return UnixFileMode.None;
        }
    }

    private static bool Holds(string file, string text)
    {
        using var content = new MemoryStream();
        using (var open = File.Open(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)) open.CopyTo(content);
        return content.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    }

    [Fact]
    public async Task The_broker_does_not_know_the_user_guest()
    {
        using var guest = As("guest:guest");
        using var answer = await guest.GetAsync(Path("api/whoami"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_database_owner_is_no_superuser_and_cannot_enter_another_database()
    {
        var mine = await Servers.CreateDatabaseAsync("mine");
        var other = new NpgsqlConnectionStringBuilder(await Servers.CreateDatabaseAsync("other")).Database;

        Assert.Equal("off", await RunAsync(mine, "show is_superuser"));
        var trespass = new NpgsqlConnectionStringBuilder(mine) { Database = other }.ConnectionString;
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(trespass, "select 1"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task Creating_a_database_again_gives_access_to_the_same_data()
    {
        await RunAsync(await Servers.CreateDatabaseAsync("twice"), "create table t as select 7 as x");
        Assert.Equal(7, await RunAsync(await Servers.CreateDatabaseAsync("twice"), "select x from t"));
    }

    [Fact]
    public async Task A_database_connection_notices_its_client_s_death_and_uses_checksums()
    {
        var database = await Servers.CreateDatabaseAsync("settings");
        Assert.Equal("500ms", await RunAsync(database, "show client_connection_check_interval"));
        Assert.Equal("on", await RunAsync(database, "show data_checksums"));
        Assert.Equal("on", await RunAsync(database, "show fsync"));
    }

    [Fact]
    public async Task A_wrong_database_password_is_refused()
    {
        var connection = await Servers.CreateDatabaseAsync("locked");
        var database = new NpgsqlConnectionStringBuilder(connection) { Password = nameof(A_wrong_database_password_is_refused) };
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(database.ConnectionString, "select 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Fact]
    public async Task A_second_mesh_on_the_same_directory_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<LocalMeshException>(() => LocalServers.StartAsync(DataDirectory.At(own.Directory.Root)));
        Assert.Contains("already running", refusal.Message, StringComparison.Ordinal);
    }

    private HttpClient As(string credentials)
    {
        var http = new HttpClient { BaseAddress = Servers.RabbitMqManagement };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        return http;
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);

    private static async Task<object?> RunAsync(string database, string statement)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
