using System.Globalization;
using AlignmentMesh.Contracts;
using Npgsql;

namespace AlignmentMesh.ServiceDefaults.Operations;

/// <summary>Where a sender keeps how far it has sent each study.</summary>
/// <param name="Table">Table with a row a study; a literal of ours, never input: it is part of the SQL.</param>
/// <param name="Column">Its column with the position; the same holds.</param>
/// <param name="Of">Whose position it is, for people.</param>
public sealed record SentPosition(string Table, string Column, string Of);

/// <summary>Moves a sender's position back, so that what lies behind it is sent again; consumers ignore what they have.</summary>
public sealed class PositionRewind(NpgsqlDataSource database, Operated operated, OperationLog log)
{
    /// <exception cref="ProblemException">Nothing of the study was sent, or it is to go forward.</exception>
    public Task<Rewound> RunAsync(SentPosition position, RewindRequest request, Caller caller, CancellationToken token) => log.RunAsync(
        new Operation(caller, "subscription rewind", request.DryRun, ("study", request.Study), ("to", request.To)),
        () => MoveAsync(position, request, token), done => string.Create(CultureInfo.InvariantCulture, $"{done.From} -> {done.To}"),
        token);

    private async Task<Rewound> MoveAsync(SentPosition position, RewindRequest request, CancellationToken token)
    {
        await using var connection = await database.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await using var read = new NpgsqlCommand(
            $"select {position.Column} from {operated.Schema}.{position.Table} where study = $1 for update", connection, transaction);
        read.Parameters.Add(new NpgsqlParameter { Value = request.Study });
        if (await read.ExecuteScalarAsync(token) is not long at) throw OperationProblems.Study(request.Study);
        if (request.To < 0 || request.To > at)
            throw OperationProblems.Argument(
                "to", request.To, string.Create(CultureInfo.InvariantCulture, $"0..{at}, the {position.Of}'s position"));
        if (!request.DryRun)
        {
            await using var move = new NpgsqlCommand(
                $"update {operated.Schema}.{position.Table} set {position.Column} = $2 where study = $1", connection, transaction);
            move.Parameters.Add(new NpgsqlParameter { Value = request.Study });
            move.Parameters.Add(new NpgsqlParameter { Value = request.To });
            await move.ExecuteNonQueryAsync(token);
            await transaction.CommitAsync(token);
        }

        return new Rewound(operated.Service, request.Study, request.DryRun, at, request.To);
    }
}
