using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AlignmentMesh.Deploy.Local;

/// <summary>Which port each part listens on, kept in mesh.json so that addresses stay the same from one run to the next.</summary>
internal sealed class PortBook
{
    // Below the range the kernel takes outgoing ports from, so that no connection of ours can be in the way.
    private const int Lowest = 20_000;
    private const int Highest = 31_999;
    // A mesh looks in a part of its own first: one that is stopped for a moment finds its ports free when it comes back.
    private const int Parts = 40;
    private const int PartSize = (Highest + 1 - Lowest) / Parts;

    private readonly string _path;
    private readonly int _first;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _ports;

    public PortBook(DataDirectory directory)
    {
        _path = Path.Combine(directory.Root, "mesh.json");
        _first = Lowest + SHA256.HashData(Encoding.UTF8.GetBytes(directory.Root))[0] % Parts * PartSize;
        _ports = File.Exists(_path) ? JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(_path)) ?? [] : [];
    }

    /// <summary>The part's port: the one it had before if it is still free, otherwise a new one.</summary>
    public int Take(string part)
    {
        lock (_lock)
        {
            if (_ports.TryGetValue(part, out var known) && IsFree(known))
                return known;
            var port = Draws(_first, _first + PartSize, PartSize).Concat(Draws(Lowest, Highest + 1, 1000))
                .FirstOrDefault(port => !_ports.ContainsValue(port) && IsFree(port));
            if (port == 0)
                throw new LocalMeshException($"No free port between {Lowest} and {Highest} on 127.0.0.1.");
            Remember(part, port);
            return port;
        }
    }

    /// <summary>A number that is fixed the first time it is asked for.</summary>
    public int Fixed(string name, int first)
    {
        lock (_lock)
        {
            if (!_ports.TryGetValue(name, out var known))
                Remember(name, known = first);
            return known;
        }
    }

    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static IEnumerable<int> Draws(int first, int end, int count) =>
        Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetInt32(first, end));

    private void Remember(string name, int value)
    {
        _ports[name] = value;
        PrivateFiles.Write(_path, JsonSerializer.Serialize(_ports));
    }
}
