using System.Globalization;
using System.Net;
using AlignmentMesh.Deploy.Local.Processes;
using Npgsql;

namespace AlignmentMesh.Deploy.Local.Servers;

/// <summary>A private PostgreSQL: loopback only, passwords for everybody, no socket in a shared folder.</summary>
internal sealed class PostgresServer(PostgresPrograms programs, PortBook ports, Supervision supervision)
{
    public const string Superuser = "mesh_admin";
    private readonly Account? _account = Account.ForServer("postgres", "nobody");
    private readonly string _folder = Path.Combine(supervision.Directory.Root, "postgresql");
    private readonly string _password = PrivateFiles.Password(Path.Combine(supervision.Directory.Secrets, "postgresql.password"));
    private int _port;

    public NpgsqlConnectionStringBuilder Admin => AdminAt(_port, _password);

    private string Data => Path.Combine(_folder, "data");

    public async Task<SupervisedProcess> StartAsync(CancellationToken ct)
    {
        _account?.MustReach(_folder);
        await InitialiseAsync(ct);
        return await Attempts.OnFreshPortsAsync(TakePort, () => new SupervisedProcess("postgresql", Launch, IsReadyAsync, supervision), ct);
    }

    private void TakePort()
    {
        _port = ports.Take("postgresql");
        PrivateFiles.Write(Path.Combine(Data, "postgresql.conf"), Settings());
        Posix.Own(Path.Combine(Data, "postgresql.conf"), _account);
    }

    private async Task InitialiseAsync(CancellationToken ct)
    {
        if (File.Exists(Path.Combine(Data, "initialised")))
            return;
        supervision.Progress.Report(new MeshStep("postgresql", PartState.Preparing, "new data directory"));
        if (Directory.Exists(Data))
            Directory.Delete(Data, recursive: true);
        PrivateFiles.CreateDirectory(_folder);
        Posix.Own(_folder, _account);
        var passwordFile = Path.Combine(_folder, "password");
        PrivateFiles.Write(passwordFile, _password + "\n");
        Posix.Own(passwordFile, _account);
        string[] arguments = ["-D", Data, "-U", Superuser, "--pwfile", passwordFile, "--auth=scram-sha-256",
            "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums"];
        await Launch("initdb", arguments).RunAsync(ct);
        File.Delete(passwordFile);
        PrivateFiles.Write(Path.Combine(Data, "initialised"), "");
    }

    private Launch Launch() => Launch("postgres", ["-D", Data]);

    // SIGINT is PostgreSQL's fast stop: it does not wait for clients to leave.
    private Launch Launch(string program, string[] arguments) => new(programs.Program(program), arguments, _folder)
    {
        As = _account,
        Environment = programs.Environment,
        Withheld = ["PG", "LC_", "LANG"],
        StopSignal = Posix.Interrupt,
    };

    private Task<bool> IsReadyAsync(CancellationToken ct) => AnswersAsync(Admin, ct);

    public static NpgsqlConnectionStringBuilder AdminAt(int port, string password) => new()
    {
        Host = IPAddress.Loopback.ToString(),
        Port = port,
        Database = "postgres",
        Username = Superuser,
        Password = password,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Pooling = false,
        Timeout = 5,
    };

    public static async Task<bool> AnswersAsync(NpgsqlConnectionStringBuilder admin, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(admin.ConnectionString);
            await connection.OpenAsync(ct);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string Settings() => string.Create(CultureInfo.InvariantCulture, $"""
        listen_addresses = '127.0.0.1'
        port = {_port}
        unix_socket_directories = ''
        password_encryption = 'scram-sha-256'
        max_connections = 500
        shared_buffers = '256MB'
        max_wal_size = '2GB'
        checkpoint_timeout = '15min'
        fsync = on
        synchronous_commit = on
        # Short transactions only: compiling queries costs more than it saves.
        jit = off
        log_destination = 'stderr'
        logging_collector = off
        log_line_prefix = '%m [%p] %q%u@%d '
        log_timezone = 'UTC'
        timezone = 'UTC'

        """);
}
