using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AlignmentMesh.EventStore;

/// <summary>
/// Wakes the same listener in the other processes of a service: a debounced NOTIFY on a connection of its own. Never inside
/// the append transaction, where NOTIFY serialises all commits of the database.
/// </summary>
/// <param name="channel">A literal of ours, never input: it is part of the SQL.</param>
public sealed partial class CrossProcessWake(
    NpgsqlDataSource database, string channel, Wake local, TimeProvider clock, ILogger<CrossProcessWake> log) : BackgroundService
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Reconnect = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private readonly Wake _outgoing = new(Quiet, clock);
    private int _self;

    /// <summary>Wakes the listener here and, soon after, elsewhere.</summary>
    public void Signal()
    {
        local.Signal();
        _outgoing.Signal();
    }

    public override void Dispose()
    {
        _outgoing.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(KeepAsync(NotifyAsync, stoppingToken), KeepAsync(ListenAsync, stoppingToken));

    private async Task KeepAsync(Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(token);
                await work(connection, token);
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
            {
                // Costs latency only: listeners also poll.
                LogReconnecting(channel, failure.Message);
                await Task.Delay(Reconnect, clock, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task NotifyAsync(NpgsqlConnection connection, CancellationToken token)
    {
        Volatile.Write(ref _self, connection.ProcessID);
        await using var notify = new NpgsqlCommand($"notify {channel}", connection);
        while (true)
        {
            await _outgoing.WaitAsync(Idle, token);
            await notify.ExecuteNonQueryAsync(token);
        }
    }

    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken token)
    {
        // The listener here was woken without a detour: its own echo would cost a pass for nothing.
        connection.Notification += (_, heard) =>
        {
            if (heard.PID != Volatile.Read(ref _self)) local.Signal();
        };
        await using (var listen = new NpgsqlCommand($"listen {channel}", connection)) await listen.ExecuteNonQueryAsync(token);
        local.Signal();
        while (true) await connection.WaitAsync(token);
    }

    [LoggerMessage(LogLevel.Warning, "Wake-up channel {Channel} reconnects: {Reason}")]
    private partial void LogReconnecting(string channel, string reason);
}
