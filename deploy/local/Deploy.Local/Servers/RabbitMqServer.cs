using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using AlignmentMesh.Deploy.Local.Processes;

namespace AlignmentMesh.Deploy.Local.Servers;

/// <summary>
/// A private RabbitMQ node: broker, management, metrics, Erlang distribution and Erlang's port mapper all on loopback only,
/// a user and a cookie of its own, and nothing of the system's node read or written.
/// </summary>
internal sealed class RabbitMqServer(RabbitMqPrograms programs, PortBook ports, Supervision supervision)
{
    public const string User = "mesh";
    private readonly Account? _account = Account.ForServer("rabbitmq", "nobody");
    private readonly string _folder = Path.Combine(supervision.Directory.Root, "rabbitmq");
    private readonly string _password = PrivateFiles.Password(Path.Combine(supervision.Directory.Secrets, "rabbitmq.password"));
    private int _port;
    private int _managementPort;
    private int _metricsPort;
    private int _distributionPort;
    private int _mapperPort;

    public Uri Address => AddressAt(_port, _password);
    public Uri Management => ManagementAt(_managementPort);

    public static Uri AddressAt(int port, string password) =>
        new(string.Create(CultureInfo.InvariantCulture, $"amqp://{User}:{password}@127.0.0.1:{port}/"));

    public static Uri ManagementAt(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));

    /// <summary>Starts Erlang's port mapper, then the node. The node would start a mapper too, but leave it behind when it stops.</summary>
    public async Task<IReadOnlyList<SupervisedProcess>> StartAsync(CancellationToken ct)
    {
        _account?.MustReach(_folder);
        Prepare();
        var mapper = await Attempts.OnFreshPortsAsync(
            () => _mapperPort = ports.Take("erlang-port-mapper"),
            () => new SupervisedProcess("erlang-port-mapper", MapperLaunch, ct => IsListeningAsync(_mapperPort, ct), supervision), ct);
        try
        {
            var node = await Attempts.OnFreshPortsAsync(
                TakePorts, () => new SupervisedProcess("rabbitmq", NodeLaunch, IsReadyAsync, supervision), ct);
            return [node, mapper];
        }
        catch (Exception)
        {
            await mapper.DisposeAsync();
            throw;
        }
    }

    private string In(string name) => Path.Combine(_folder, name);

    private void Prepare()
    {
        foreach (var folder in (string[])["", "home", "data", "log"])
        {
            PrivateFiles.CreateDirectory(In(folder));
            Posix.Own(In(folder), _account);
        }
        Write("enabled_plugins", "[rabbitmq_management,rabbitmq_prometheus].\n");
        if (!File.Exists(In("home/.erlang.cookie")))
            Write("home/.erlang.cookie", RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 40),
                UnixFileMode.UserRead);
    }

    private void TakePorts()
    {
        _port = ports.Take("rabbitmq");
        _managementPort = ports.Take("rabbitmq-management");
        _metricsPort = ports.Take("rabbitmq-metrics");
        _distributionPort = ports.Take("rabbitmq-distribution");
        Write("rabbitmq.conf", string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.1 = 127.0.0.1:{_port}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {_managementPort}
            prometheus.tcp.ip = 127.0.0.1
            prometheus.tcp.port = {_metricsPort}
            default_user = {User}
            default_pass = {_password}
            loopback_users.{User} = true
            log.console = true
            log.console.level = info
            log.file = false

            """));
    }

    private void Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        PrivateFiles.Write(In(name), text, mode);
        Posix.Own(In(name), _account);
    }

    private Launch MapperLaunch() => new(programs.PortMapper, ["-port", Text(_mapperPort), "-address", "127.0.0.1"], _folder)
    {
        As = _account,
        Withheld = ["ERL_"],
        Environment = programs.Environment,
    };

    private Launch NodeLaunch() => new(programs.Server, [], _folder)
    {
        As = _account,
        Withheld = ["RABBITMQ_", "ERL_", "NOTIFY_SOCKET"],
        Environment = new Dictionary<string, string>(programs.Environment)
        {
            ["HOME"] = In("home"),
            // The node's data belongs to its name, which therefore stays when the port changes.
            ["RABBITMQ_NODENAME"] = $"mesh{Text(ports.Fixed("rabbitmq-node", _port))}@localhost",
            ["RABBITMQ_MNESIA_BASE"] = In("data"),
            ["RABBITMQ_LOG_BASE"] = In("log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = Text(_port),
            ["RABBITMQ_DIST_PORT"] = Text(_distributionPort),
            ["RABBITMQ_CONFIG_FILE"] = In("rabbitmq.conf"),
            ["RABBITMQ_CONFIG_FILES"] = In("conf.d"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = In("advanced.config"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = In("enabled_plugins"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}",
            ["ERL_EPMD_PORT"] = Text(_mapperPort),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        },
    };

    private async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        using var management = new RabbitMqManagement(Management, User, _password);
        return await management.IsListeningAsync(_port, ct);
    }

    private static async Task<bool> IsListeningAsync(int port, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
