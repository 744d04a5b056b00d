using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using AlignmentMesh.ServiceDefaults.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.RepairingLedger;

internal static class RepairLedgerEndpoint
{
    public static void MapRepairLedger(this IEndpointRouteBuilder api) =>
        api.MapPost("/operations/ledger:repair", HandleAsync).WithTags("Operations")
            .WithSummary("Compare events with ledger entries, and give passed-over events their entry now")
            .WithDescription("The whole store is compared; the repair loop looks at its newest part only. A dry run only compares.")
            .RequireAuthorization(Access.Operator);

    private static async Task<Ok<LedgerCheck>> HandleAsync(
        OperationRequest request, Caller caller, LedgerRepair repair, OperationLog log, CancellationToken token) =>
        TypedResults.Ok(await log.RunAsync(
            new Operation(caller, "ledger repair", request.DryRun), () => repair.CheckAsync(request.DryRun, token), Outcome, token));

    private static string Outcome(LedgerCheck check) => string.Create(
        CultureInfo.InvariantCulture,
        $"{check.EventsWithoutEntry.Count} events without entry, {check.EntriesWithoutEvent.Count} entries without event, "
        + $"{check.Repaired} repaired");
}
