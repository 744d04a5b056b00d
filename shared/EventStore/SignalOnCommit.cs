using Marten;
using Marten.Services;

namespace AlignmentMesh.EventStore;

/// <summary>Signals after every commit that appended an event. Never throws: Marten swallows what a listener throws.</summary>
public sealed class SignalOnCommit(Action signal) : DocumentSessionListenerBase
{
    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        if (commit.GetStreams().Any()) signal();
        return Task.CompletedTask;
    }
}
