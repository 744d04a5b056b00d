using AlignmentMesh.CheckpointSigning.Service.SigningCheckpoints;
using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.CheckpointSigning.Service.ReportingSigning;

internal static class ReportSigningEndpoint
{
    public static void MapReportSigning(this IEndpointRouteBuilder api) =>
        api.MapGet("/signing", Handle).WithTags("Signing")
            .WithSummary("What is signed of each study, and what is refused and why")
            .WithDescription("The checkpoints themselves are served by rating-intake, at /api/v1/ledger/STUDY/checkpoint.")
            .RequireAuthorization(Access.Reader);

    private static Ok<SigningReport> Handle(StateFolder states) => TypedResults.Ok(new SigningReport(
        [.. states.All.OrderBy(state => state.Kept.Study, StringComparer.Ordinal).Select(state => new SignedLedger(
            state.Kept.Study, state.Kept.Epoch, state.Kept.Size, Convert.ToHexStringLower(state.Kept.Root), state.Refusal))]));
}
