using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.ServiceDefaults;
using AlignmentMesh.ServiceDefaults.Operations;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service.RewindingRelay;

/// <summary>Moves the relay's position back, so that the newest version is sent again; consumers ignore what they have.</summary>
internal static class RewindRelayEndpoint
{
    public static void MapRewindRelay(this IEndpointRouteBuilder api) =>
        api.MapPost("/operations/subscription:rewind", HandleAsync).WithTags("Operations")
            .WithSummary("Send a study's newest version again")
            .WithDescription("`to` is a version below the relay's position; the relay sends the newest version only.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .RequireAuthorization(Access.Operator);

    private static async Task<Ok<Rewound>> HandleAsync(
        RewindRequest request, Caller caller, NpgsqlDataSource database, OperationLog log, CrossProcessWake relay,
        CancellationToken token)
    {
        var rewound = await log.RunAsync(
            new Operation(caller, "subscription rewind", request.DryRun, ("study", request.Study), ("to", request.To)),
            () => RewindAsync(request, database, token), done => string.Create(CultureInfo.InvariantCulture, $"{done.From} -> {done.To}"),
            token);
        relay.Signal();
        return TypedResults.Ok(rewound);
    }

    private static async Task<Rewound> RewindAsync(RewindRequest request, NpgsqlDataSource database, CancellationToken token)
    {
        await using var connection = await database.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await using var read = new NpgsqlCommand(
            $"select version from {MatrixSchema.Name}.relayed where study = $1 for update", connection, transaction);
        read.Parameters.Add(new NpgsqlParameter { Value = request.Study });
        if (await read.ExecuteScalarAsync(token) is not long position) throw OperationProblems.Study(request.Study);
        if (request.To < 0 || request.To > position)
            throw OperationProblems.Argument(
                "to", request.To, string.Create(CultureInfo.InvariantCulture, $"0..{position}, the relay's position"));
        if (!request.DryRun)
        {
            await using var move = new NpgsqlCommand(
                $"update {MatrixSchema.Name}.relayed set version = $2 where study = $1", connection, transaction);
            move.Parameters.Add(new NpgsqlParameter { Value = request.Study });
            move.Parameters.Add(new NpgsqlParameter { Value = request.To });
            await move.ExecuteNonQueryAsync(token);
            await transaction.CommitAsync(token);
        }

        return new Rewound(MatrixTracing.Service, request.Study, request.DryRun, position, request.To);
    }
}
