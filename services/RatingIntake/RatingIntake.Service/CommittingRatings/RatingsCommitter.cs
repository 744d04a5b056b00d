using AlignmentMesh.EventStore;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.ServiceDefaults;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.CommittingRatings;

/// <summary>
/// Decides and commits ratings, many requests in one transaction. The transaction holds a share lock on each study's stream
/// row and checks its version, so nothing accepted for a round is sequenced after its RoundClosed.
/// </summary>
internal sealed class RatingsCommitter(
    IDocumentStore store, HotStudies studies, HotAssessments assessments, AnswerLog answers, ReceiptPromises promises,
    IntakeMetrics metrics, TimeProvider clock, ILogger<RatingsCommitter> log) : GroupCommitter<Submission, SubmissionOutcome>(Writers, log)
{
    private const int Writers = 2;

    /// <summary>Commits; returns when the ratings are durable or refused.</summary>
    /// <remarks>One organisation's requests go one after another: a process never conflicts with itself.</remarks>
    public Task<SubmissionOutcome> CommitAsync(Submission submission) =>
        CommitAsync($"{submission.Study}/{submission.Organisation}", submission);

    /// <summary>Decides without keeping anything.</summary>
    public async Task<SubmissionOutcome> TryOutAsync(Submission submission, CancellationToken token)
    {
        await using var session = store.LightweightSession();
        var batch = await LoadAsync(session, [submission], token);
        return batch.Decide(submission);
    }

    protected override async Task SaveAsync(IReadOnlyList<Queued<Submission, SubmissionOutcome>> batch, CancellationToken token)
    {
        // Two requests of one key: the first is committed, the second finds its answer.
        var now = batch.DistinctBy(item => (item.Item.Key.Scope, item.Item.Key.Key)).ToArray();
        await using var session = store.LightweightSession();
        var given = await answers.FindAsync([.. now.Select(item => item.Item.Key)], token);
        var fresh = now.Where(item => !given.ContainsKey((item.Item.Key.Scope, item.Item.Key.Key))).ToArray();
        var decisions = await LoadAsync(session, [.. fresh.Select(item => item.Item)], token);
        var outcomes = fresh.Select(item => (item, Outcome: decisions.Decide(item.Item))).ToArray();
        Failpoint.Reach("intake-before-commit");
        if (decisions.Queue(session)) await session.SaveChangesAsync(token);
        Failpoint.Reach("intake-after-commit");

        assessments.Remember(decisions.Changed);
        metrics.Committed(fresh.Length);
        foreach (var item in now.Except(fresh)) item.Answer.TrySetResult(Again(item.Item, given));
        foreach (var (item, outcome) in outcomes)
        {
            metrics.Count(outcome);
            item.Answer.TrySetResult(outcome);
        }

        var later = batch.Except(now).ToArray();
        if (later.Length > 0) await SaveAsync(later, token);
    }

    protected override bool Forget(IReadOnlyList<Queued<Submission, SubmissionOutcome>> batch, Exception failure)
    {
        foreach (var item in batch)
        {
            studies.Forget(item.Item.Study);
            assessments.Forget(item.Item.Streams);
        }

        // Decided on an old state: decide again. Lost connections are not tried again, whether they committed is unknown;
        // the caller's Idempotency-Key finds out.
        return Causes(failure).Any(cause => cause is EventStreamUnexpectedMaxEventIdException or PostgresException
        {
            SqlState: PostgresErrorCodes.DivisionByZero or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.SerializationFailure,
        });
    }

    private async Task<RatingsBatch> LoadAsync(IDocumentSession session, IReadOnlyList<Submission> submissions, CancellationToken token)
    {
        var known = new Dictionary<string, HotStudy>();
        foreach (var study in submissions.Select(submission => submission.Study).Distinct())
            if (await studies.FindAsync(session, study, token) is { } found) known[study] = found;
        var streams = submissions.SelectMany(submission => submission.Streams).Distinct().ToArray();
        return new RatingsBatch(known, await assessments.LoadAsync(session, streams, token), promises, clock);
    }

    private SubmissionOutcome Again(Submission submission, Dictionary<(string, string), GivenAnswer> given)
    {
        var answer = given[(submission.Key.Scope, submission.Key.Key)];
        if (!answer.IsFor(submission.Key)) return new SubmissionOutcome.KeyUsedForOther();
        metrics.Repeated();
        return new SubmissionOutcome.Accepted(answer.Read<Contracts.RatingsReceipt[]>(), Again: true);
    }

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException) yield return cause;
    }
}
