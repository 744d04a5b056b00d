using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.ServiceDefaults;
using AlignmentMesh.ServiceDefaults.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

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
        RewindRequest request, Caller caller, PositionRewind rewind, CrossProcessWake relay, CancellationToken token)
    {
        var rewound = await rewind.RunAsync(new SentPosition("relayed", "version", "relay"), request, caller, token);
        relay.Signal();
        return TypedResults.Ok(rewound);
    }
}
