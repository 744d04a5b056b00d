using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>
/// A line between a service and what it talks to, that the test can make slow, cut, or silent. A silent line looks open and
/// carries nothing; when it is healed the far end hangs up, as its keep-alive would make it, and the near end is left to find
/// out by itself.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private const int Chunk = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Line, bool> _lines = new();
    private readonly int _upstream;
    private readonly Task _accepting;
    private volatile bool _silent;

    public FaultProxy(int upstream)
    {
        _upstream = upstream;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>How long every piece takes on its way, in each direction.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>0 means as fast as it goes.</summary>
    public int BytesPerSecond { get; set; }

    public int OpenLines => _lines.Count;

    /// <summary>Existing connections end at both sides at once; new ones are taken.</summary>
    public void Cut()
    {
        foreach (var line in _lines.Keys) line.End();
    }

    /// <summary>From now on nothing arrives at either side, on old connections and new ones, and nobody is told.</summary>
    public void Silence()
    {
        _silent = true;
        foreach (var line in _lines.Keys) line.IsLost = true;
    }

    public void Heal()
    {
        (_silent, Delay, BytesPerSecond) = (false, TimeSpan.Zero, 0);
        foreach (var line in _lines.Keys.Where(line => line.IsLost)) line.Far.Close();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        await _accepting;
    }

    private int Piece => BytesPerSecond > 0 ? Math.Min(Chunk, BytesPerSecond) : Chunk;

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var near = await _listener.AcceptSocketAsync();
                _ = Task.Run(() => CarryAsync(near));
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(Socket near)
    {
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        var line = new Line(near, far) { IsLost = _silent };
        _lines[line] = true;
        try
        {
            if (!line.IsLost) await far.ConnectAsync(IPAddress.Loopback, _upstream);
            await Task.WhenAll(PumpAsync(line, near, far), far.Connected ? PumpAsync(line, far, near) : Task.CompletedTask);
        }
        catch (SocketException)
        {
            // Nobody listens there: the caller is told as it would be without us.
        }

        line.End();
        _lines.TryRemove(line, out _);
    }

    private async Task PumpAsync(Line line, Socket from, Socket to)
    {
        var buffer = new byte[Chunk];
        try
        {
            while (await from.ReceiveAsync(buffer.AsMemory(0, Piece)) is > 0 and var read)
            {
                if (line.IsLost) continue;
                await WaitAsTheLineDoesAsync(read);
                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Cut by the test, or reset by either side.
        }

        if (!line.IsLost) line.End();
    }

    private Task WaitAsTheLineDoesAsync(int bytes)
    {
        var wait = Delay + (BytesPerSecond > 0 ? TimeSpan.FromSeconds((double)bytes / BytesPerSecond) : TimeSpan.Zero);
        return wait > TimeSpan.Zero ? Task.Delay(wait) : Task.CompletedTask;
    }

    private sealed class Line(Socket near, Socket far)
    {
        private volatile bool _lost;

        public Socket Far => far;

        public bool IsLost
        {
            get => _lost;
            set => _lost = value;
        }

        public void End()
        {
            near.Close();
            far.Close();
        }
    }
}
