using System.Diagnostics;
using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;
using AlignmentMesh.ServiceDefaults;
using JasperFx.Events;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.ChangingStudies;

/// <summary>
/// The write path of a study's own stream. Rare, so one transaction each; it locks the stream's row for update, which waits
/// for the ratings in flight and keeps later ones out until it is done.
/// </summary>
internal sealed class StudyWriter(IDocumentStore store, HotStudies studies, AnswerLog answers, IntakeMetrics metrics, TimeProvider clock)
{
    private const int MaxTries = 4;

    /// <summary>A command on a study by a round manager of the organisation that owns it.</summary>
    public Task<Results<Created<StudyChanged>, ProblemHttpResult>> ChangeAsync(
        string study, Caller caller, IdempotencyKey key, Func<Study, Decision> decide, CancellationToken token) =>
        TryAsync(study, caller.Organisation, key, state => state switch
        {
            null => Decision.Refuse(IntakeProblems.UnknownStudyRefusal(study)),
            _ when state.Owner != caller.Organisation => null,
            _ => decide(state),
        }, token);

    /// <summary>A command on a study by whoever may give it, with what belongs into its transaction when it has an event.</summary>
    /// <param name="decide">Null: the caller may not.</param>
    /// <param name="alongside">Given the event's id.</param>
    public Task<Results<Created<StudyChanged>, ProblemHttpResult>> ChangeAsync(
        string study, Caller caller, IdempotencyKey key, Func<Study, Decision?> decide, Action<IDocumentOperations, Guid> alongside,
        CancellationToken token) =>
        TryAsync(
            study, caller.Organisation, key,
            state => state is null ? Decision.Refuse(IntakeProblems.UnknownStudyRefusal(study)) : decide(state), token, alongside);

    /// <summary>Opens a study for the caller's organisation.</summary>
    public Task<Results<Created<StudyChanged>, ProblemHttpResult>> OpenAsync(
        OpenStudy command, Caller caller, IdempotencyKey key, CancellationToken token) =>
        TryAsync(command.Study, caller.Organisation, key, command.Decide, token);

    private async Task<Results<Created<StudyChanged>, ProblemHttpResult>> TryAsync(
        string study, string organisation, IdempotencyKey key, Func<Study?, Decision?> decide, CancellationToken token,
        Action<IDocumentOperations, Guid>? alongside = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ChangeOnceAsync(study, organisation, key, decide, alongside, token);
            }
            // Another process was first: see what it did, then decide again.
            catch (Exception conflict) when (attempt < MaxTries && IsConflict(conflict))
            {
                studies.Forget(study);
            }
        }
    }

    private async Task<Results<Created<StudyChanged>, ProblemHttpResult>> ChangeOnceAsync(
        string study, string organisation, IdempotencyKey key, Func<Study?, Decision?> decide, Action<IDocumentOperations, Guid>? alongside,
        CancellationToken token)
    {
        if ((await answers.FindAsync([key], token)).Values.FirstOrDefault() is { } given)
        {
            if (!given.IsFor(key)) return IntakeProblems.KeyUsed.ToResult(IntakeProblems.KeyUsed.WhatToDo);
            metrics.Repeated();
            return Answer(given.Read<StudyChanged>());
        }

        var traceparent = Activity.Current?.Id;
        await using var session = store.LightweightSession();
        await LockAsync(session, study, token);
        var hot = await studies.FreshAsync(session, study, token);
        switch (decide(hot?.State))
        {
            case null:
                return IntakeProblems.NotTheOwnerResult(study, organisation);
            case Refused refused:
                foreach (var refusal in refused.Refusals) metrics.Refused(Refusal.Slug(refusal.Reason));
                return refused.Refusals.ToProblem();
            case Domain.Accepted accepted:
                return Answer(await AppendAsync(session, study, organisation, key, hot, accepted, alongside, traceparent, token));
            default:
                throw new UnreachableException();
        }
    }

    private async Task<StudyChanged> AppendAsync(
        IDocumentSession session, string study, string organisation, IdempotencyKey key, HotStudy? hot, Domain.Accepted accepted,
        Action<IDocumentOperations, Guid>? alongside, string? traceparent, CancellationToken token)
    {
        var (now, stream, version) = (clock.GetUtcNow(), StreamKeys.Study(study), hot?.Version ?? 0);
        var state = hot?.State;
        Decided? decided = null;
        if (accepted.Events.SingleOrDefault() is { } @event)
        {
            decided = Decided.Now(@event, stream, ++version, organisation, now, traceparent);
            state = Study.Evolve(state, @event);
            var action = hot is null ? session.Events.StartStream(stream, @event) : session.Events.Append(stream, version, @event);
            decided.CopyTo(action.Events[0]);
            alongside?.Invoke(session, decided.Id);
        }

        var round = decided?.Event switch
        {
            RoundOpened opened => opened.Round,
            RoundClosed closed => closed.Round,
            _ => state!.OpenRound?.Round,
        };
        var answer = new StudyChanged(study, decided?.Id, decided?.Commitment, version, round);
        AnswerLog.Queue(session, key, answer, now);
        await session.SaveChangesAsync(token);
        studies.Remember(study, new HotStudy(state!, version));
        if (decided is not null) metrics.Accepted();
        return answer;
    }

    private static async Task LockAsync(IDocumentSession session, string study, CancellationToken token)
    {
        await session.BeginTransactionAsync(token);
        await using var command = new NpgsqlCommand(
            $"select version from {IntakeSchema.Name}.mt_streams where id = $1 for update", session.Connection)
        {
            Parameters = { new() { Value = StreamKeys.Study(study) } },
        };
        await command.ExecuteScalarAsync(token);
    }

    private static bool IsConflict(Exception failure) =>
        failure is EventStreamUnexpectedMaxEventIdException or Marten.Exceptions.ExistingStreamIdCollisionException
        || failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
        || (failure.InnerException is { } inner && IsConflict(inner));

    private static Created<StudyChanged> Answer(StudyChanged changed) => TypedResults.Created($"/api/v1/studies/{changed.Study}", changed);
}
