using AlignmentMesh.EventStore;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlignmentMesh.RatingIntake.Service.Tests;

/// <summary>The queue in front of the commit: bounded in length and in time.</summary>
public sealed class CommittingInGroupsTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_full_queue_refuses_at_once()
    {
        await using var committer = new SlowCommitter(Generous);
        var waiting = Enumerable.Range(0, 4096).Select(item => committer.CommitAsync("lane", item)).ToArray();
        await Assert.ThrowsAsync<CommitterBusyException>(() => committer.CommitAsync("lane", 4096));
        await committer.StartAsync(default);
        committer.Open();
        await Task.WhenAll(waiting).WaitAsync(Generous);
    }

    [Fact]
    public async Task Whoever_waited_too_long_is_told_so_and_is_not_committed_later()
    {
        await using var committer = new SlowCommitter(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAsync<CommitterBusyException>(() => committer.CommitAsync("lane", 1));
        // Whoever comes now must not be turned away because the machine is slow.
        committer.Allowed = Generous;
        committer.Open();
        await committer.StartAsync(default);
        Assert.Equal(2, await committer.CommitAsync("lane", 2));
        Assert.Equal([2], committer.Saved);
    }

    private sealed class SlowCommitter(TimeSpan patience) : GroupCommitter<int, int>(1, NullLogger.Instance), IAsyncDisposable
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<int> Saved { get; } = [];

        public TimeSpan Allowed { get; set; } = patience;

        protected override TimeSpan Patience => Allowed;

        public void Open() => _open.TrySetResult();

        public async ValueTask DisposeAsync()
        {
            await StopAsync(default);
            Dispose();
        }

        protected override async Task SaveAsync(IReadOnlyList<Queued<int, int>> batch, CancellationToken token)
        {
            await _open.Task.WaitAsync(token);
            foreach (var item in batch)
            {
                Saved.Add(item.Item);
                item.Answer.TrySetResult(item.Item);
            }
        }

        protected override bool Forget(IReadOnlyList<Queued<int, int>> batch, Exception failure) => false;
    }
}
