using System.Net;
using AlignmentMesh.Contracts;
using AlignmentMesh.Tests;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class OperatingTests(IntakeMesh mesh)
{
    private const string Rating = "0.4321";

    private MeshClient Operator => mesh.As("operators", "oscar", "operator");

    [Theory]
    [InlineData("operations/subscription")]
    [InlineData("operations/log")]
    public async Task Reading_needs_the_role_operator(string path)
    {
        using var anonymous = await mesh.As("", "").RawAsync(path);
        using var rater = await mesh.As("lab-a", "ann", "rater").RawAsync(path);
        using var allowed = await Operator.RawAsync(path);
        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.OK),
            (anonymous.StatusCode, rater.StatusCode, allowed.StatusCode));
    }

    [Fact]
    public async Task Changing_needs_the_role_operator()
    {
        var manager = mesh.As("owner", "mia", "round-manager");
        using var rewind = await manager.PostAsync("operations/subscription:rewind", new RewindRequest("s", 0));
        using var repair = await manager.PostAsync("operations/ledger:repair", new OperationRequest());
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (rewind.StatusCode, repair.StatusCode));
    }

    [Fact]
    public async Task Positions_say_how_far_sequencer_and_publisher_are_and_that_both_run_and_no_rating()
    {
        var study = await RatedStudyAsync();
        var progress = await WaitForPublishedAsync(study, 4);
        Assert.True(progress is { SequencerHeld: true, PublisherHeld: true });
        Assert.True(progress.Sequenced >= 4 && progress.Sequenced <= progress.NewestEvent);
        using var raw = await Operator.RawAsync("operations/subscription");
        Assert.DoesNotContain(Rating, await raw.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rewound_publisher_sends_again_up_to_the_end_and_a_dry_run_moves_nothing()
    {
        var study = await RatedStudyAsync();
        await WaitForPublishedAsync(study, 4);
        var dry = await Operator.OkAsync<Rewound>("operations/subscription:rewind", new RewindRequest(study, 1, DryRun: true));
        Assert.Equal(new Rewound("rating-intake", study, true, 4, 1), dry);
        Assert.Equal(4L, (await WaitForPublishedAsync(study, 4)).Studies.Single(one => one.Study == study).Published);
        var rewound = await Operator.OkAsync<Rewound>("operations/subscription:rewind", new RewindRequest(study, 1));
        Assert.Equal((4L, 1L), (rewound.From, rewound.To));
        await WaitForPublishedAsync(study, 4);
        await LogHasAsync(record => record is { Action: "subscription rewind", DryRun: true } && record.Arguments["study"] == study);
        await LogHasAsync(record => record is { Action: "subscription rewind", DryRun: false, Subject: "oscar", Outcome: "4 -> 1" }
            && record.Arguments["study"] == study);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public async Task A_position_ahead_of_the_publisher_is_refused_and_the_refusal_logged(long to)
    {
        var study = await RatedStudyAsync();
        await WaitForPublishedAsync(study, 4);
        using var answer = await Operator.PostAsync("operations/subscription:rewind", new RewindRequest(study, to));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("0..4", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await LogHasAsync(record => record.Arguments.GetValueOrDefault("study") == study
            && record.Outcome.StartsWith("refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_without_an_entry_is_found_by_a_dry_run_and_repaired_by_the_other()
    {
        var study = await RatedStudyAsync();
        await WaitForPublishedAsync(study, 4);
        // As if the sequencer had passed the last event over: its entry is gone, and the ledger ends before it.
        var lost = (Guid)(await SqlAsync(
            $"""
            with gone as (delete from intake.ledger where study = '{study}' and idx = 3 returning event_id),
            head as (update intake.ledger_head set size = 3 where study = '{study}'),
            sent as (update intake.publication set size = 3 where study = '{study}')
            select event_id from gone
            """))!;
        var dry = await Operator.OkAsync<LedgerCheck>("operations/ledger:repair", new OperationRequest(DryRun: true));
        // The repair loop may have come first: then there is nothing left to find.
        if (dry.EventsWithoutEntry.Count > 0) Assert.Equal((lost, 0), (dry.EventsWithoutEntry.Single(), dry.Repaired));
        var check = await Operator.OkAsync<LedgerCheck>("operations/ledger:repair", new OperationRequest());
        Assert.Empty(check.EntriesWithoutEvent);
        await mesh.As("", "").WaitForSizeAsync(study, 4);
        Assert.Empty((await Operator.OkAsync<LedgerCheck>("operations/ledger:repair", new OperationRequest(DryRun: true)))
            .EventsWithoutEntry);
        await LogHasAsync(record => record is { Action: "ledger repair", DryRun: false });
    }

    private async Task<string> RatedStudyAsync()
    {
        var study = await mesh.StudyAsync();
        await mesh.As("lab-a", "ann", "rater").OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: 0.4321m)]));
        return study;
    }

    private async Task<IntakeProgress> WaitForPublishedAsync(string study, long published)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var progress = await Operator.GetAsync<IntakeProgress>("operations/subscription");
            if (progress.Studies.Any(one => one.Study == study && one.Size == published && one.Published == published)) return progress;
            await Task.Delay(50, limit.Token);
        }
    }

    private async Task LogHasAsync(Predicate<OperationRecord> wanted) =>
        Assert.Contains((await Operator.GetAsync<OperationLogPage>("operations/log?limit=200")).Operations, wanted);

    private async Task<object?> SqlAsync(string question)
    {
        await using var source = await mesh.DatabaseAsync();
        await using var command = source.CreateCommand(question);
        return await command.ExecuteScalarAsync();
    }
}
