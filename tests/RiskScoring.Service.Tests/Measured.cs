using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>What the service's counters counted, by instrument and study (or queue).</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Instrument, string Label), long> _counts = new();

    public Measured()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("AlignmentMesh.", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            foreach (var tag in tags)
                _counts.AddOrUpdate((instrument.Name, $"{tag.Value}"), value, (_, before) => before + value);
        });
        _listener.Start();
    }

    public long Of(string instrument, string label) => _counts.GetValueOrDefault((instrument, label));

    public void Dispose() => _listener.Dispose();
}
