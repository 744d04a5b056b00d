using System.Diagnostics;
using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.ServiceDefaults;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Services;
using Marten.Subscriptions;

namespace AlignmentMesh.RatingIntake.Service.SequencingLedger;

/// <summary>
/// The one active subscription that gives every ledger event its dense index, in commit order, in the transaction that also
/// stores its progress. It never publishes: what hangs here stands still for everybody.
/// </summary>
internal sealed class LedgerSequencer : SubscriptionBase
{
    public const string SubscriptionName = "ledger";
    private const int PageSize = 1024;

    private readonly LedgerAppender _appender;
    private readonly IntakeMetrics _metrics;
    private readonly CrossProcessWake _publisher;

    public LedgerSequencer(LedgerAppender appender, IntakeMetrics metrics, [FromKeyedServices(Wakes.Ledger)] CrossProcessWake publisher)
    {
        _appender = appender;
        _metrics = metrics;
        _publisher = publisher;
        Name = SubscriptionName;
        Options.BatchSize = PageSize;
        foreach (var type in LedgerEventNames.Types.Values) IncludedEventTypes.Add(type);
    }

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        using var span = StoredTrace.Start(
            IntakeTracing.Source, "ledger sequence", ActivityKind.Internal, page.Events.Select(StoredTrace.Of));
        var rows = await _appender.AppendAsync(page.Events, operations, cancellationToken);
        span?.SetTag("alignmentmesh.entries", rows.Count);
        Failpoint.Reach("sequencer-before-commit");
        return new AfterPage(this, rows.Count);
    }

    private sealed class AfterPage(LedgerSequencer sequencer, int entries) : IChangeListener
    {
        public Task BeforeCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token) => Task.CompletedTask;

        public Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
        {
            Failpoint.Reach("sequencer-after-commit");
            sequencer._metrics.Sequenced(entries);
            sequencer._publisher.Signal();
            return Task.CompletedTask;
        }
    }
}
