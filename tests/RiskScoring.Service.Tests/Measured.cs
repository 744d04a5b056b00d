using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>What the service's counters counted, by instrument and study (or queue).</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Instrument, string Label), long> _counts = new();
    private readonly ConcurrentDictionary<(string Instrument, string Label), double> _now = new();
    private readonly ConcurrentDictionary<string, int> _recorded = new();

    public Measured()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("AlignmentMesh.", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            Keep(instrument, value, tags);
            foreach (var tag in tags)
                _counts.AddOrUpdate((instrument.Name, $"{tag.Value}"), value, (_, before) => before + value);
        });
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    public long Of(string instrument, string label) => _counts.GetValueOrDefault((instrument, label));

    /// <summary>What a gauge says now, of one queue or without a label.</summary>
    public double Now(string instrument, string label = "")
    {
        _listener.RecordObservableInstruments();
        return _now.GetValueOrDefault((instrument, label), double.NaN);
    }

    /// <summary>How often a histogram was given a value.</summary>
    public int Recorded(string instrument) => _recorded.GetValueOrDefault(instrument);

    public void Dispose() => _listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _now[(instrument.Name, tags.Length == 0 ? "" : $"{tags[0].Value}")] = value;
        _recorded.AddOrUpdate(instrument.Name, 1, (_, before) => before + 1);
    }
}
