using System.Diagnostics.Metrics;
using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;
using AlignmentMesh.RatingIntake.Service.WatchingPositions;
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
    private readonly Counter<long> _checked;
    private readonly Histogram<int> _batch;
    private readonly Histogram<int> _page;
    private Positions _at = Positions.None;
    private int _missing;
    private long _findings;

    public IntakeMetrics()
    {
        _accepted = _meter.CreateCounter<long>("rating.accepted", "{request}", "Requests that became a ledger event");
        _refused = _meter.CreateCounter<long>("rating.refused", "{request}", "Refused requests by reason");
        _repeated = _meter.CreateCounter<long>("idempotency.replays", "{request}", "Requests answered from their Idempotency-Key");
        _sequenced = _meter.CreateCounter<long>("ledger.sequenced", "{entry}", "Entries given an index");
        _published = _meter.CreateCounter<long>("ledger.published", "{entry}", "Entries confirmed by the broker");
        _repaired = _meter.CreateCounter<long>("ledger.repaired", "{event}", "Events that the sequencer had passed over");
        _checked = _meter.CreateCounter<long>("ledger.checked", "{entry}", "Entries held against their events and hashes");
        _batch = _meter.CreateHistogram(
            "commit.batch.size", "{request}", "Requests committed in one transaction", advice: Buckets.Sizes);
        _page = _meter.CreateHistogram("ledger.page.size", "{entry}", "Entries of one published page", advice: Buckets.Sizes);
        // So that a first repair is a step from 0 and not a new series without a past.
        _repaired.Add(0);
        ObservePositions();
    }

    /// <summary>Where the stages behind the store stand.</summary>
    public void At(Positions positions) => Volatile.Write(ref _at, positions);

    /// <summary>Events that the last look of the repair found without entry.</summary>
    public void Missing(int events) => Volatile.Write(ref _missing, events);

    public void Checked(LedgerCompleteness report)
    {
        Volatile.Write(ref _findings, report.Findings);
        _checked.Add(report.Entries);
    }

    /// <summary>What became of one request for ratings; a request that changed nothing is neither accepted nor refused.</summary>
    public void Count(SubmissionOutcome outcome)
    {
        if (outcome is SubmissionOutcome.Accepted accepted) _accepted.Add(accepted.Receipts.Count(receipt => receipt.EventId is not null));
        if (outcome is not SubmissionOutcome.Refused refused) return;
        foreach (var refusal in refused.Refusals) Refused(Refusal.Slug(refusal.Reason));
    }

    public void Accepted() => _accepted.Add(1);

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Repeated() => _repeated.Add(1);

    public void Sequenced(int entries) => _sequenced.Add(entries);

    public void Published(int entries)
    {
        _published.Add(entries);
        _page.Record(entries);
    }

    public void Repaired(int entries) => _repaired.Add(entries);

    public void Committed(int requests) => _batch.Record(requests);

    private void ObservePositions()
    {
        _meter.CreateObservableGauge(
            "sequencer.gap", () => Volatile.Read(ref _at).SequencerGap, "{event}", "Events that the sequencer has not reached");
        _meter.CreateObservableGauge(
            "sequencer.stalled", () => Volatile.Read(ref _at).SequencerStalled, "s", "Age of the oldest event it has not reached");
        _meter.CreateObservableGauge(
            "highwater.stalled", () => Volatile.Read(ref _at).HighWaterStalled, "s", "Age of the oldest event beyond the high-water mark");
        _meter.CreateObservableGauge(
            "highwater.skipped", () => Volatile.Read(ref _at).Skipped, "{event}", "Sequence numbers given up as never committed");
        _meter.CreateObservableGauge(
            "publisher.gap", () => Volatile.Read(ref _at).PublisherGap, "{entry}", "Entries that the broker has not confirmed");
        _meter.CreateObservableGauge(
            "ledger.findings", () => Volatile.Read(ref _findings), "{finding}", "What the last check of events and entries found");
        _meter.CreateObservableGauge(
            "reconcile.missing", () => Volatile.Read(ref _missing), "{event}", "Accepted events that the sequencer passed over");
    }

    public void Dispose() => _meter.Dispose();
}
