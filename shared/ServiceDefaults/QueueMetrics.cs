using System.Diagnostics.Metrics;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>What the broker last said of a service's queue and of those beside it. Labels are names of queues.</summary>
internal sealed class QueueMetrics : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Prefix + "queue");
    private IReadOnlyDictionary<string, QueueFinding> _states = new Dictionary<string, QueueFinding>();
    private int _answers;

    public QueueMetrics()
    {
        _meter.CreateObservableGauge("broker.reachable", () => Volatile.Read(ref _answers), "{broker}", "1 while the broker answers");
        _meter.CreateObservableGauge("queue.depth", () => Of(state => state.Messages), "{message}", "Messages that wait, by queue");
        _meter.CreateObservableGauge("queue.consumers", () => Of(state => state.Consumers), "{consumer}", "Consumers, by queue");
        _meter.CreateObservableGauge("queue.missing", () => Of(state => state.IsMissing ? 1 : 0), "{queue}", "1 while it is not there");
        _meter.CreateObservableGauge(
            "queue.leaderless", () => Of(state => state.IsLeaderless ? 1 : 0), "{queue}", "1 while a quorum queue has no leader");
    }

    /// <param name="states">Null when the broker does not answer; what was known of its queues is then no longer told.</param>
    public void Seen(IReadOnlyDictionary<string, QueueFinding>? states)
    {
        Volatile.Write(ref _states, states ?? new Dictionary<string, QueueFinding>());
        Volatile.Write(ref _answers, states is null ? 0 : 1);
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Of(Func<QueueFinding, long> value) => Volatile.Read(ref _states)
        .Select(queue => new Measurement<long>(value(queue.Value), new KeyValuePair<string, object?>("queue", queue.Key)));
}
