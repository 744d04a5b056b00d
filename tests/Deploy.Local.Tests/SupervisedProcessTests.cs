using System.Collections.Concurrent;
using AlignmentMesh.Deploy.Local.Processes;

namespace AlignmentMesh.Deploy.Local.Tests;

public sealed class SupervisedProcessTests : IDisposable
{
    private readonly DataDirectory _directory = DataDirectory.CreateTemporary();
    private readonly Steps _steps = new();

    [Fact]
    public async Task A_process_that_keeps_ending_is_started_again_up_to_the_limit_and_then_reported()
    {
        await using var process = Shell("echo run >> runs; sleep 0.05; exit 3", ready: () => File.Exists(In("runs")), limit: 3);
        await process.StartAsync();

        await Wait.Until(() => process.State == PartState.Failed && _steps.Last.State == PartState.Failed, "given up");

        Assert.Equal(3, process.Restarts);
        Assert.Equal(4, File.ReadAllLines(In("runs")).Length);
        Assert.Contains("ended with code 3, 4 times in a row; given up", _steps.Last.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pause_before_a_new_start_doubles_up_to_the_longest()
    {
        var policy = new RestartPolicy(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(3), Limit: 9, TimeSpan.FromMinutes(1));
        Assert.Equal([0.5, 1, 2, 3, 3], Enumerable.Range(1, 5).Select(failures => policy.PauseAfter(failures).TotalSeconds));
        Assert.Equal(3, policy.PauseAfter(1000).TotalSeconds);
    }

    [Fact]
    public async Task A_crashed_process_runs_again_under_another_number()
    {
        await using var process = Shell("exec sleep 300");
        await process.StartAsync();
        var first = process.ProcessId;

        await process.CrashAsync();
        await Wait.Until(() => process is { State: PartState.Ready, Restarts: 1 }, "ready again");

        Assert.NotNull(process.ProcessId);
        Assert.NotEqual(first, process.ProcessId);
    }

    [Fact]
    public async Task A_start_while_it_is_being_started_again_ends_when_it_is_ready()
    {
        await using var process = Shell("sleep 0.5; touch up; exec sleep 300", ready: () => File.Exists(In("up")));
        await process.StartAsync();
        File.Delete(In("up"));
        await process.CrashAsync();
        await Wait.Until(() => process is { State: PartState.Starting, ProcessId: not null }, "started again");

        await process.StartAsync();
        Assert.True(File.Exists(In("up")));
        Assert.Equal(1, process.Restarts);
    }

    [Fact]
    public async Task A_killed_process_stays_dead_until_it_is_started()
    {
        await using var process = Shell("exec sleep 300");
        await process.StartAsync();
        await process.KillAsync();

        Assert.Null(process.ProcessId);
        Assert.Equal(PartState.Stopped, process.State);
        await process.StartAsync();
        Assert.Equal(PartState.Ready, process.State);
        Assert.Equal(0, process.Restarts);
    }

    [Fact]
    public async Task A_process_that_is_killed_before_it_leads_a_group_of_its_own_is_dead_all_the_same()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var i = 0; i < 50; i++)
        {
            using var process = Sleep().Start();
            Posix.KillGroup(process.Id);
            await process.WaitForExitAsync(limit.Token);
        }
    }

    [Fact]
    public async Task A_process_that_ignores_the_request_to_stop_is_killed_with_its_children()
    {
        await using var process = Shell(
            "trap '' TERM; sleep 300 & touch trapped; while :; do sleep 1; done",
            ready: () => File.Exists(In("trapped")));
        await process.StartAsync();
        var tree = ProcessTable.Tree([process.ProcessId!.Value]);
        Assert.True(tree.Count >= 2);

        await process.StopAsync();

        await Wait.Until(() => !tree.Any(ProcessTable.IsRunning), "all gone");
    }

    [Fact]
    public async Task A_process_that_ends_before_it_is_ready_fails_with_what_it_said()
    {
        await using var process = Shell("echo no luck; exit 9", ready: () => false);
        var failure = await Assert.ThrowsAsync<LocalMeshException>(() => process.StartAsync());
        Assert.Contains("ended with code 9", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no luck", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_does_not_become_ready_in_time_is_killed()
    {
        await using var process = Shell("echo $$ > number; exec sleep 300", ready: () => false, readySeconds: 1);
        var failure = await Assert.ThrowsAsync<LocalMeshException>(() => process.StartAsync());
        Assert.Contains("not ready within 1 s", failure.Message, StringComparison.Ordinal);
        Assert.False(ProcessTable.IsRunning(int.Parse(File.ReadAllText(In("number")), System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task What_a_killed_mesh_left_behind_is_cleared_and_a_stranger_with_the_same_number_is_not()
    {
        using var left = Sleep().Start();
        using var stranger = Sleep().Start();
        var record = new RunRecord(_directory);
        record.Add(ProcessIdentity.Of("left", left.Id, Posix.Terminate)!);
        var other = ProcessIdentity.Of("stranger", stranger.Id, Posix.Terminate)!;
        record.Add(other with { StartedAtTick = other.StartedAtTick - 1 });

        var cleared = await new RunRecord(_directory).ClearLeftoversAsync(TimeSpan.FromSeconds(5), TimeProvider.System, default);

        Assert.Equal(["left"], cleared);
        Assert.False(ProcessTable.IsRunning(left.Id));
        Assert.True(ProcessTable.IsRunning(stranger.Id));
        stranger.Kill();
    }

    [Fact]
    public void A_log_never_grows_beyond_two_parts_and_keeps_the_newest_lines()
    {
        using (var log = new BoundedLog(In("x.log"), partSize: 1000))
        {
            for (var i = 0; i < 1000; i++)
                log.Add($"line {i}");
        }

        var kept = Directory.GetFiles(_directory.Root, "x.log*");
        Assert.InRange(kept.Sum(file => new FileInfo(file).Length), 500, 2100);
        Assert.Contains(kept, file => File.ReadAllText(file).EndsWith("line 999\n", StringComparison.Ordinal));
    }

    public void Dispose() => _directory.Delete();

    private string In(string name) => Path.Combine(_directory.Root, name);

    private Launch Sleep() => new("sleep", ["300"], _directory.Root);

    private SupervisedProcess Shell(string script, Func<bool>? ready = null, int limit = 5, int readySeconds = 60)
    {
        var supervision = Supervision.For(_directory, _steps) with
        {
            Restarts = new RestartPolicy(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(40), limit, TimeSpan.FromMinutes(1)),
            ReadyLimit = TimeSpan.FromSeconds(readySeconds),
            StopLimit = TimeSpan.FromMilliseconds(300),
        };
        var launch = new Launch("sh", ["-c", script], _directory.Root);
        return new SupervisedProcess("shell", () => launch, _ => Task.FromResult(ready?.Invoke() ?? true), supervision);
    }

    private sealed class Steps : IProgress<MeshStep>
    {
        private readonly ConcurrentQueue<MeshStep> _steps = new();

        public MeshStep Last => _steps.Last();

        public void Report(MeshStep value) => _steps.Enqueue(value);
    }
}
