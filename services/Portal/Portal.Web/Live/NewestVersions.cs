using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Live;

/// <summary>That a study has a new version, and nothing about what is in it: the reader asks for that as for any page.</summary>
internal sealed record NewVersion(long Version);

/// <summary>
/// Tells open pages of new versions. However many pages are open, matrix-aggregation is asked once a second, and not at all while
/// none is.
/// </summary>
internal sealed class NewestVersions(IServiceScopeFactory scopes, IHostApplicationLifetime life, TimeProvider clock) : IDisposable
{
    public const string Event = "matrix-updated";

    /// <summary>Sent at once and when nothing else is, so that nobody takes a quiet connection for a dead one.</summary>
    public const string StillThere = "still-there";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _asking = new(1);
    private Dictionary<string, long> _heads = [];
    private long _askedAt = long.MinValue;

    /// <summary>Every version newer than <paramref name="known"/>, the newest at the time it is told.</summary>
    public async IAsyncEnumerable<SseItem<NewVersion>> TellAsync(
        string study, long known, [EnumeratorCancellation] CancellationToken token)
    {
        var told = clock.GetTimestamp();
        yield return new SseItem<NewVersion>(new NewVersion(known), StillThere);
        // An open page must not keep the portal from stopping.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token, life.ApplicationStopping);
        while (!end.IsCancellationRequested)
        {
            var newest = (await HeadsAsync(token)).GetValueOrDefault(study);
            var isNew = newest > known;
            if (isNew || clock.GetElapsedTime(told) > Quiet)
            {
                known = Math.Max(known, newest);
                told = clock.GetTimestamp();
                yield return new SseItem<NewVersion>(new NewVersion(known), isNew ? Event : StillThere) { EventId = Show.Count(known) };
            }

            await Task.Delay(Pause, clock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<Dictionary<string, long>> HeadsAsync(CancellationToken token)
    {
        await _asking.WaitAsync(token);
        try
        {
            if (_askedAt != long.MinValue && clock.GetElapsedTime(_askedAt) < Pause * 0.9) return _heads;
            await using var scope = scopes.CreateAsyncScope();
            var (answer, _) = await scope.ServiceProvider.GetRequiredService<MatrixClient>().HeadsAsync(token);
            // Without an answer the last one stands; whoever reloads is told that the service is away.
            if (answer is not null) _heads = answer.Heads.ToDictionary(head => head.Study, head => head.Version);
            _askedAt = clock.GetTimestamp();
            return _heads;
        }
        finally
        {
            _asking.Release();
        }
    }
}
