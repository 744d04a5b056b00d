using System.Diagnostics.Metrics;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.MatrixAggregation.Service;

/// <summary>What operators see of matrix-aggregation. Labels are study ids and reasons, never ratings or people.</summary>
internal sealed class MatrixMetrics : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Prefix + MatrixTracing.Service);
    private readonly Counter<long> _folded;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _published;
    private readonly Histogram<int> _page;
    private readonly Histogram<double> _lag;

    public MatrixMetrics()
    {
        _folded = _meter.CreateCounter<long>("matrix.folded", "{entry}", "Ledger entries folded and stored");
        _refused = _meter.CreateCounter<long>("matrix.pages.refused", "{page}", "Pages that failed verification, by reason and source");
        _duplicates = _meter.CreateCounter<long>("matrix.pages.duplicate", "{page}", "Pages that held nothing new");
        _gaps = _meter.CreateCounter<long>("matrix.gaps.repaired", "{entry}", "Entries that came through the feed, not by message");
        _conflicts = _meter.CreateCounter<long>("matrix.conflicts", "{page}", "Pages that another process stored first");
        _published = _meter.CreateCounter<long>("matrix.revisions.published", "{message}", "Versions confirmed by the broker");
        _page = _meter.CreateHistogram("matrix.page.size", "{entry}", "New entries of one version", advice: Buckets.Sizes);
        _lag = _meter.CreateHistogram(
            "rating.matrix.lag", "s", "From an entry's acceptance until a stored version counts it", advice: Buckets.Seconds);
    }

    /// <summary>Adds the gauge of entries that a study's ledger is ahead of its matrix.</summary>
    public void ObserveLag(Func<IEnumerable<Measurement<long>>> lag) =>
        _meter.CreateObservableGauge("matrix.lag", lag, "{entry}", "Ledger size minus folded size");

    public void Folded(int entries, bool throughFeed)
    {
        _folded.Add(entries);
        _page.Record(entries);
        if (throughFeed) _gaps.Add(entries);
    }

    /// <summary>An entry accepted that long ago is in a stored version now.</summary>
    public void Counted(TimeSpan age) => _lag.Record(Math.Max(0, age.TotalSeconds));

    public void Refused(string reason, string source) => _refused.Add(
        1, new KeyValuePair<string, object?>("reason", reason), new KeyValuePair<string, object?>("source", source));

    public void Duplicate() => _duplicates.Add(1);

    public void Conflict() => _conflicts.Add(1);

    public void Published() => _published.Add(1);

    public void Dispose() => _meter.Dispose();
}
