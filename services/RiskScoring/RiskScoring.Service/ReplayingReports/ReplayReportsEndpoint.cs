using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.ReplayingReports;

internal static class ReplayReportsEndpoint
{
    public static void MapReplayReports(this IEndpointRouteBuilder api) => api.MapVersionReplay(
        "Risk", "Recompute the stored reports from the matrices they were made of, and compare",
        "Answers a line of JSON for each stored report of the versions from `from` to `to`, as it is recomputed. One replay runs "
        + "at a time.");
}
