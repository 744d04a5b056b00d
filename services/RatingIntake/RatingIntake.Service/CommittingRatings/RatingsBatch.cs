using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using JasperFx.Events;
using Marten;

namespace AlignmentMesh.RatingIntake.Service.CommittingRatings;

/// <summary>
/// The decisions of one transaction. Later submissions see what earlier ones of the batch changed; nothing is visible
/// outside before the commit.
/// </summary>
internal sealed class RatingsBatch(
    IReadOnlyDictionary<string, HotStudy> studies, Dictionary<string, HotAssessment> assessments,
    ReceiptPromises promises, TimeProvider clock)
{
    // FOR SHARE in the transaction of the ratings, FOR UPDATE in that of RoundClosed. A study that changed since it was read
    // fails the batch before a sequence number is taken.
    private const string GuardStudies =
        $"""
        select 1 / (case when count(*) = ? then 1 else 0 end) from (
            select 1 from {IntakeSchema.Name}.mt_streams s
            join unnest(?::text[], ?::bigint[]) as expected(id, version) on s.id = expected.id and s.version = expected.version
            for share of s) held
        """;

    private readonly Dictionary<string, List<Decided>> _appended = [];
    private readonly HashSet<string> _touchedStudies = [];
    private readonly List<(Guid Event, IReadOnlyList<FreeText> Texts)> _texts = [];
    private readonly List<(IdempotencyKey Key, List<RatingsReceipt> Answer)> _answers = [];

    public IEnumerable<KeyValuePair<string, HotAssessment>> Changed =>
        assessments.Where(assessment => _appended.ContainsKey(assessment.Key));

    /// <summary>Decides all commands of a submission, or none.</summary>
    public SubmissionOutcome Decide(Submission submission)
    {
        if (!studies.TryGetValue(submission.Study, out var study))
            return new SubmissionOutcome.Refused(0, [IntakeProblems.UnknownStudyRefusal(submission.Study)]);
        var before = submission.Streams.ToDictionary(stream => stream, stream => assessments[stream]);
        if (submission.IfVersion is { } expected && before.Values.First().Version is var current && current != expected)
            return new SubmissionOutcome.VersionDiffers(current);

        var working = new Dictionary<string, HotAssessment>(before);
        var decided = new List<(RaterCommand Command, string Stream, object? Event, long Version)>();
        for (var i = 0; i < submission.Commands.Count; i++)
        {
            var command = submission.Commands[i];
            var stream = StreamKeys.Assessment(submission.Study, submission.Organisation, command.Rater);
            var state = working[stream];
            var decision = command.Decide(study.State, state.State);
            if (decision is Refused refused) return new SubmissionOutcome.Refused(i, refused.Refusals);
            // One accepted request is one event.
            var @event = ((Accepted)decision).Events.SingleOrDefault();
            if (@event is not null) working[stream] = new HotAssessment(Assessment.Evolve(state.State, @event), state.Version + 1);
            decided.Add((command, stream, @event, working[stream].Version));
        }

        return Keep(submission, decided, working);
    }

    /// <summary>Puts the batch into the session's transaction.</summary>
    /// <returns>False when there is nothing to commit.</returns>
    public bool Queue(IDocumentSession session)
    {
        if (_answers.Count == 0) return false;
        if (_touchedStudies.Count > 0) QueueGuard(session);
        foreach (var (stream, events) in _appended)
        {
            var last = assessments[stream].Version;
            var data = events.Select(decided => decided.Event).ToArray();
            var action = last == events.Count ? session.Events.StartStream(stream, data) : session.Events.Append(stream, last, data);
            foreach (var (appended, decided) in action.Events.Zip(events)) decided.CopyTo(appended);
        }

        foreach (var (@event, texts) in _texts) QueueTexts(session, @event, texts);
        // The outcomes hold the same lists: what is stored as the answer is what is answered.
        var now = clock.GetUtcNow();
        promises.AddTo([.. _answers.Select(answer => answer.Answer)], now);
        AnswerLog.Queue(session, _answers, now);
        return true;
    }

    private SubmissionOutcome.Accepted Keep(
        Submission submission, List<(RaterCommand Command, string Stream, object? Event, long Version)> decided,
        Dictionary<string, HotAssessment> after)
    {
        var now = clock.GetUtcNow();
        var receipts = new List<RatingsReceipt>();
        foreach (var (command, stream, @event, version) in decided)
        {
            Decided? fixedEvent = null;
            if (@event is not null)
            {
                fixedEvent = Decided.Now(@event, stream, version, submission.Organisation, now, submission.Traceparent);
                if (!_appended.TryGetValue(stream, out var events)) _appended[stream] = events = [];
                events.Add(fixedEvent);
                _touchedStudies.Add(submission.Study);
                _texts.Add((fixedEvent.Id, command.Texts));
            }

            receipts.Add(Receipt(submission, command.Rater, fixedEvent, version));
        }

        foreach (var (stream, state) in after) assessments[stream] = state;
        _answers.Add((submission.Key, receipts));
        return new SubmissionOutcome.Accepted(receipts, Again: false);
    }

    private RatingsReceipt Receipt(Submission submission, string rater, Decided? decided, long version)
    {
        var (round, changed) = decided?.Event switch
        {
            RatingsSubmitted submitted => (submitted.Round, submitted.Items.Count),
            RatingsWithdrawn withdrawn => (withdrawn.Round, withdrawn.Items.Count),
            _ => (studies[submission.Study].State.OpenRound?.Round ?? 0, 0),
        };
        return new RatingsReceipt(
            submission.Study, submission.Organisation, rater, round, decided?.Id, decided?.Commitment, version, changed);
    }

    private void QueueGuard(IDocumentSession session) => session.QueueSqlCommand(
        GuardStudies,
        _touchedStudies.Count,
        _touchedStudies.Select(StreamKeys.Study).ToArray(),
        _touchedStudies.Select(study => studies[study].Version).ToArray());

    private static void QueueTexts(IDocumentSession session, Guid eventId, IReadOnlyList<FreeText> texts)
    {
        foreach (var text in texts)
            session.QueueSqlCommand(
                $"insert into {IntakeSchema.Name}.free_text(event_id, hash, salt, body) values (?, ?, ?, ?)",
                eventId, text.Hash, text.Salt, text.Body);
    }
}
