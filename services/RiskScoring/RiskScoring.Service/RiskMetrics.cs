using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service;

/// <summary>What operators see of risk-scoring. Labels are studies and slugs, never ratings or people.</summary>
internal sealed class RiskMetrics : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Prefix + Wiring.Service);
    private readonly ConcurrentDictionary<string, long> _lag = new();
    private readonly Counter<long> _scored;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _pulled;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _late;
    private readonly Histogram<double> _drawing;

    public RiskMetrics()
    {
        _scored = _meter.CreateCounter<long>("risk.scored", "{version}", "Matrix versions whose reports were stored");
        _skipped = _meter.CreateCounter<long>("risk.skipped", "{version}", "Matrix versions passed over for one as new or newer");
        _refused = _meter.CreateCounter<long>("risk.refused", "{version}", "Matrix versions not scored, by reason");
        _pulled = _meter.CreateCounter<long>("risk.pulled", "{version}", "Matrix versions fetched because no message brought them");
        _duration = _meter.CreateHistogram(
            "risk.scoring.duration", "s", "From the decision to score a version until it is stored", advice: Buckets.Seconds);
        _late = _meter.CreateHistogram(
            "rating.risk.lag", "s", "From the last entry of a version until its report is stored", advice: Buckets.Seconds);
        _drawing = _meter.CreateHistogram(
            "risk.uncertainty.duration", "s", "Drawing one answer about uncertainty, without its wait", advice: Buckets.Seconds);
        _meter.CreateObservableGauge(
            "risk.lag.versions", Lags, "{entry}", "Ledger entries between the newest matrix and the newest report");
    }

    /// <param name="age">Of the version's last entry.</param>
    public void Scored(string study, TimeSpan took, TimeSpan age)
    {
        _scored.Add(1, Study(study));
        _duration.Record(took.TotalSeconds);
        _late.Record(Math.Max(0, age.TotalSeconds));
    }

    public void Drawn(TimeSpan took) => _drawing.Record(took.TotalSeconds);

    public void Skipped(string study, int versions) => _skipped.Add(versions, Study(study));

    public void Refused(string study, string reason) => _refused.Add(1, Study(study), new KeyValuePair<string, object?>("reason", reason));

    public void Pulled(string study) => _pulled.Add(1, Study(study));

    public void Lags(string study, long entries) => _lag[study] = entries;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Lags() => _lag.Select(pair => new Measurement<long>(pair.Value, Study(pair.Key)));

    private static KeyValuePair<string, object?> Study(string study) => new("study", study);
}
