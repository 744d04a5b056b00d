using System.Diagnostics.Metrics;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RatingIntake.Service;

/// <summary>What operators see of rating-intake. Labels are slugs, never ratings or people.</summary>
internal sealed class IntakeMetrics : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Prefix + "rating-intake");
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _sequenced;
    private readonly Counter<long> _published;
    private readonly Counter<long> _repaired;
    private readonly Histogram<int> _batch;

    public IntakeMetrics()
    {
        _accepted = _meter.CreateCounter<long>("rating.accepted", "{request}", "Requests that became a ledger event");
        _refused = _meter.CreateCounter<long>("rating.refused", "{request}", "Refused requests by reason");
        _repeated = _meter.CreateCounter<long>("idempotency.replays", "{request}", "Requests answered from their Idempotency-Key");
        _sequenced = _meter.CreateCounter<long>("ledger.sequenced", "{entry}", "Entries given an index");
        _published = _meter.CreateCounter<long>("ledger.published", "{entry}", "Entries confirmed by the broker");
        _repaired = _meter.CreateCounter<long>("ledger.repaired", "{entry}", "Events that the sequencer had passed over");
        _batch = _meter.CreateHistogram<int>("commit.batch.size", "{request}", "Requests committed in one transaction");
    }

    public void Accepted() => _accepted.Add(1);

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Repeated() => _repeated.Add(1);

    public void Sequenced(int entries) => _sequenced.Add(entries);

    public void Published(int entries) => _published.Add(entries);

    public void Repaired(int entries) => _repaired.Add(entries);

    public void Committed(int requests) => _batch.Record(requests);

    public void Dispose() => _meter.Dispose();
}
