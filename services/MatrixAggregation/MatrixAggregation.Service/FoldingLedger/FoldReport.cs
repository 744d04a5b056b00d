using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>How a page came.</summary>
internal static class PageSource
{
    public const string Message = "message";
    public const string Feed = "feed";
}

/// <param name="From">First entry of the page, -1 when it could not be read.</param>
internal sealed record Refusal(string Study, long From, long Size, string Reason, string Source);

/// <summary>What the fold met, for logs, metrics and the readiness check. Ids only.</summary>
internal sealed partial class FoldReport
{
    private const int LongestStudy = 64;

    private readonly MatrixMetrics _metrics;
    private readonly ILogger<FoldReport> _log;
    private readonly ConcurrentDictionary<string, long> _ledger = new();
    private readonly ConcurrentDictionary<string, long> _folded = new();
    private readonly ConcurrentDictionary<string, Refusal> _feedRefusals = new();
    private long _messages;
    private long _refusedMessages;
    private int _feedReachable = 1;
    private int _missed;

    public FoldReport(MatrixMetrics metrics, ILogger<FoldReport> log)
    {
        (_metrics, _log) = (metrics, log);
        metrics.ObserveLag(() => _ledger.Select(study => new Measurement<long>(
            Math.Max(0, study.Value - _folded.GetValueOrDefault(study.Key)), new KeyValuePair<string, object?>("study", study.Key))));
    }

    /// <summary>True once everything stored before the start is in memory.</summary>
    public bool Loaded { get; private set; }

    /// <summary>False after a failed question to intake, until the next comparison of sizes succeeds.</summary>
    public bool FeedReachable => Volatile.Read(ref _feedReachable) == 1;

    /// <summary>Messages received since the start.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Messages refused since the start.</summary>
    public long RefusedMessages => Interlocked.Read(ref _refusedMessages);

    /// <summary>The last forged or broken message.</summary>
    public Refusal? LastRefusedMessage { get; private set; }

    /// <summary>Studies whose feed gives pages that cannot be folded: somebody has to look.</summary>
    public IReadOnlyList<Refusal> FeedRefusals => [.. _feedRefusals.Values];

    /// <summary>Studies whose stored versions are not what a refold of the stored entries gives.</summary>
    public ConcurrentDictionary<string, long> Unreproduced { get; } = new();

    /// <summary>By study, entries that the ledger is known to be ahead.</summary>
    public IReadOnlyDictionary<string, long> Lag => _ledger.ToDictionary(
        study => study.Key, study => Math.Max(0, study.Value - _folded.GetValueOrDefault(study.Key)));

    public void MessageReceived() => Interlocked.Increment(ref _messages);

    /// <summary>The comparison of sizes brought entries that messages should have brought.</summary>
    public void MissedMessages() => Volatile.Write(ref _missed, 1);

    /// <summary>Whether that happened since it was asked last.</summary>
    public bool TakeMissedMessages() => Interlocked.Exchange(ref _missed, 0) == 1;

    public void HasLoaded() => Loaded = true;

    public void LedgerSeen(string study, long size) => _ledger[study] = size;

    /// <summary>The study's state in memory is of this size.</summary>
    public void SizeIs(string study, long size) => _folded[study] = size;

    public void Folded(string study, long size, int entries, string source)
    {
        SizeIs(study, size);
        _ledger.AddOrUpdate(study, size, (_, known) => Math.Max(known, size));
        _feedRefusals.TryRemove(study, out _);
        _metrics.Folded(entries, source == PageSource.Feed);
    }

    public void Refused(string source, LedgerPage? page, PageRefusedException refused)
    {
        var refusal = new Refusal(
            Short(page?.Study), page?.From ?? -1, page?.Head?.Size ?? -1, refused.Reason, source);
        _metrics.Refused(refused.Reason, source);
        if (source == PageSource.Feed)
        {
            // The same page is asked for at every comparison; once is enough in the log.
            if (_feedRefusals.TryGetValue(refusal.Study, out var known) && known == refusal) return;
            _feedRefusals[refusal.Study] = refusal;
        }
        else
        {
            Interlocked.Increment(ref _refusedMessages);
            LastRefusedMessage = refusal;
        }

        LogRefused(source, refusal.Study, refusal.From, refusal.Size, refused.Reason, refused.Message);
    }

    public void FeedAnswered()
    {
        if (Interlocked.Exchange(ref _feedReachable, 1) == 0) LogFeedBack();
    }

    public void FeedFailed(FeedUnreachableException failure)
    {
        if (Interlocked.Exchange(ref _feedReachable, 0) == 1) LogFeedLost(failure.Message);
    }

    // Whoever forged the page chose the name.
    private static string Short(string? study) => study is null ? "" : study[..Math.Min(study.Length, LongestStudy)];

    [LoggerMessage(LogLevel.Error,
        "A page by {Source} of study {Study}, entries {From} up to {Size}, was refused and not stored: {Reason}: {Detail}")]
    private partial void LogRefused(string source, string study, long from, long size, string reason, string detail);

    [LoggerMessage(LogLevel.Warning, "Intake's ledger feed cannot be asked: {Detail}")]
    private partial void LogFeedLost(string detail);

    [LoggerMessage(LogLevel.Information, "Intake's ledger feed answers again")]
    private partial void LogFeedBack();
}
