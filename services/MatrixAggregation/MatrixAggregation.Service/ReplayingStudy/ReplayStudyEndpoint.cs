using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.MatrixAggregation.Service.ReplayingStudy;

internal static class ReplayStudyEndpoint
{
    public static void MapReplayStudy(this IEndpointRouteBuilder api) => api.MapVersionReplay(
        "Matrix", "Recompute the published versions from the ledger's first entry, and compare",
        "Answers a line of JSON for each published version from `from` to `to`, as it is recomputed. It proves that the service "
        + "agrees with itself; `mesh audit` does the same elsewhere. One replay runs at a time.");
}
