using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.ServiceDefaults;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.AuditingUnreleased;

/// <summary>
/// The access log of each study: who may read what is not released, and who did. It is only ever added to, and is never in the
/// ledger, which is public.
/// </summary>
internal sealed class AuditAccess(NpgsqlDataSource database, IDocumentStore store, HotStudies studies)
{
    private const string Table = $"{IntakeSchema.Name}.audit_access";

    /// <summary>A round manager of the study's owner changes a grant; what was so already is answered with its earlier record.</summary>
    public async Task<Results<Created<AuditAccessRecord>, ProblemHttpResult>> ChangeAsync(
        string study, Caller caller, Func<AuditGrants, Decision> decide, CancellationToken token)
    {
        if (await RefusedAsync(study, caller, token) is { } problem) return problem;
        return await AppendAsync(study, decide, token) switch
        {
            Refused refused => refused.Refusals.ToProblem(),
            var accepted => TypedResults.Created($"/api/v1/studies/{study}/audit-access", RecordOf(accepted)),
        };
    }

    /// <summary>Why the caller is no round manager of the study's owner; null when it is.</summary>
    public async Task<ProblemHttpResult?> RefusedAsync(string study, Caller caller, CancellationToken token)
    {
        await using var session = store.QuerySession();
        return (await studies.FindAsync(session, study, token))?.State.Owner switch
        {
            null => IntakeProblems.UnknownStudyResult(study),
            var owner when owner != caller.Organisation => IntakeProblems.NotTheOwnerResult(study, caller.Organisation),
            _ => null,
        };
    }

    /// <summary>Decides by the log as it stands and adds what is decided; one at a time in a study, so that none decides by less.</summary>
    /// <returns>When it is committed.</returns>
    public async Task<Decision> AppendAsync(string study, Func<AuditGrants, Decision> decide, CancellationToken token)
    {
        await using var connection = await database.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await using (var locking = Command(connection, "select pg_advisory_xact_lock(hashtextextended($1, 0))", "audit-access/" + study))
            await locking.ExecuteNonQueryAsync(token);
        var grants = await GrantsAsync(connection, study, token);
        var decision = decide(grants);
        if (RecordOf(decision) is not { } record || record.Number != grants.Next) return decision;
        await using var adding = Command(
            connection, $"insert into {Table}(study, number, action, body) values ($1, $2, $3, $4)", study, record.Number, record.Action,
            JsonSerializer.Serialize(record, ContractJson.Options));
        await adding.ExecuteNonQueryAsync(token);
        await transaction.CommitAsync(token);
        return decision;
    }

    public async Task<AuditGrants> GrantsAsync(string study, CancellationToken token)
    {
        await using var connection = await database.OpenConnectionAsync(token);
        return await GrantsAsync(connection, study, token);
    }

    /// <summary>Records before the one of that number, newest first.</summary>
    public async Task<List<AuditAccessRecord>> ListAsync(string study, long before, int limit, CancellationToken token)
    {
        await using var connection = await database.OpenConnectionAsync(token);
        return await RecordsAsync(
            Command(
                connection, $"select body from {Table} where study = $1 and number < $2 order by number desc limit $3", study, before,
                limit),
            token);
    }

    private static async Task<AuditGrants> GrantsAsync(NpgsqlConnection connection, string study, CancellationToken token)
    {
        await using var last = Command(connection, $"select coalesce(max(number), 0) from {Table} where study = $1", study);
        var next = (long)(await last.ExecuteScalarAsync(token))! + 1;
        return AuditGrants.Of(next, await RecordsAsync(
            Command(
                connection, $"select body from {Table} where study = $1 and action = any($2) order by number", study,
                new[] { AuditAction.Proposed, AuditAction.Confirmed, AuditAction.Revoked }),
            token));
    }

    private static async Task<List<AuditAccessRecord>> RecordsAsync(NpgsqlCommand command, CancellationToken token)
    {
        await using var reading = command;
        await using var rows = await reading.ExecuteReaderAsync(token);
        var records = new List<AuditAccessRecord>();
        while (await rows.ReadAsync(token))
            records.Add(JsonSerializer.Deserialize<AuditAccessRecord>(rows.GetString(0), ContractJson.Options)!);
        return records;
    }

    private static AuditAccessRecord? RecordOf(Decision decision) =>
        decision is Domain.Accepted { Events: [AuditAccessRecord record] } ? record : null;

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
