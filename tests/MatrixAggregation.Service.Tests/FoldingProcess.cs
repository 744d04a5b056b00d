using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>
/// What one process of matrix-aggregation keeps in memory, wired as the service wires it, with its fold loop running and nothing else:
/// deliveries are handed to it directly. Killing it loses all that was not committed.
/// </summary>
internal sealed class FoldingProcess : IAsyncDisposable
{
    private readonly ServiceProvider _parts;
    private readonly FoldLoop _loop;

    private FoldingProcess(ServiceProvider parts) => (_parts, _loop) = (parts, parts.GetRequiredService<FoldLoop>());

    public static async Task<FoldingProcess> StartAsync(IServiceCollection parts)
    {
        var process = new FoldingProcess(parts.BuildServiceProvider());
        await process._loop.StartAsync(default);
        return process;
    }

    /// <summary>What a consumer awaits before it acknowledges the message.</summary>
    public Task<PageOutcome> Deliver(LedgerPage page) => _parts.GetRequiredService<WaitingPages>().FoldAsync(page, default);

    /// <summary>Waits until every entry is folded, those too that a comparison of sizes says no message brought.</summary>
    public async Task FollowAsync(StudyLedger ledger)
    {
        _parts.GetRequiredService<FeedTargets>().Raise(ledger.Study, ledger.Size);
        _parts.GetRequiredKeyedService<Wake>(Wakes.Pages).Signal();
        await MatrixHost.WaitUntilAsync(
            () => Task.FromResult(_loop.Failures > 0 || Of(ledger).Size == ledger.Size), () => $"{ledger.Size} entries");
    }

    public FoldedStudy Of(StudyLedger ledger) => _parts.GetRequiredService<FoldedStudies>().Of(ledger.Study);

    /// <summary>Every version that is recorded, with its numbers, oldest first.</summary>
    public async Task<IReadOnlyList<ConsensusMatrix>> VersionsAsync(StudyLedger ledger)
    {
        var log = _parts.GetRequiredService<VersionLog>();
        var matrices = new List<ConsensusMatrix>();
        foreach (var version in (await log.ListAsync(ledger.Study, long.MaxValue, int.MaxValue, default)).Reverse())
            matrices.Add((await log.ReadAsync(ledger.Study, version.Version, default))!.Matrix);
        return matrices;
    }

    /// <summary>Nothing that intake made is ever refused, no pass fails, and a refold gives what was recorded.</summary>
    public void RequireSound()
    {
        var report = _parts.GetRequiredService<FoldReport>();
        Assert.Equal(0, _loop.Failures);
        Assert.Null(report.LastRefusedMessage);
        Assert.Empty(report.FeedRefusals);
        Assert.Empty(report.Unreproduced);
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.StopAsync(default);
        await _parts.DisposeAsync();
    }
}

/// <summary>A clock on which no wait for a page that was overtaken is worth while.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    private long _now;

    public override long GetTimestamp() => Interlocked.Add(ref _now, TimestampFrequency);
}
