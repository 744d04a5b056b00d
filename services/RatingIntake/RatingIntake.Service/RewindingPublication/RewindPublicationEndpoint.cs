using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.ServiceDefaults;
using AlignmentMesh.ServiceDefaults.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.RewindingPublication;

/// <summary>
/// Moves the publisher's position back, so that pages are sent again; consumers ignore what they have. The sequencer is never
/// rewound: what it has done is the ledger.
/// </summary>
internal static class RewindPublicationEndpoint
{
    public static void MapRewindPublication(this IEndpointRouteBuilder api) =>
        api.MapPost("/operations/subscription:rewind", HandleAsync).WithTags("Operations")
            .WithSummary("Send ledger pages again from an index on")
            .WithDescription("`to` is at most the publisher's position. A dry run says where that is.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .RequireAuthorization(Access.Operator);

    private static async Task<Ok<Rewound>> HandleAsync(
        RewindRequest request, Caller caller, PositionRewind rewind,
        [FromKeyedServices(Wakes.Ledger)] CrossProcessWake publisher, CancellationToken token)
    {
        var rewound = await rewind.RunAsync(new SentPosition("publication", "size", "publisher"), request, caller, token);
        publisher.Signal();
        return TypedResults.Ok(rewound);
    }
}
