using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RiskScoring.Service.SimulatingRisk;

internal static class SimulateRiskEndpoint
{
    public static void MapSimulateRisk(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/risk:simulate", HandleAsync).WithTags("Risk")
            .WithSummary("What if: a portfolio with other cells, likelihoods, taxes or assumptions about dependence")
            .WithDescription(
                "`version` is a ledger size (default: the newest scored), `lens` is rohl-1 (default) or crisp. Nothing is stored. The "
                + "answer has the joint beside the product of the techniques' own failures, the joint under each named assumption, what "
                + "each technique is worth, the best one to add, the cells that would change the answer, and what is left out and why. "
                + "Probabilities are 0..1, layersNeeded 1 to the number of techniques, at most 8 groups, every number set once.")
            .Produces<RiskSimulation>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable).RequireAuthorization(Access.Reader);

    private static async Task<Ok<RiskSimulation>> HandleAsync(
        string study, string? version, string? lens, SimulateRequest request, RiskReader reader, AnswerRuns runs, CancellationToken token)
    {
        var chosenLens = RiskRequest.Lens(lens);
        var found = await reader.FindAsync(study, version, token);
        var asked = new SimulateRisk(found.Matrix, chosenLens, request);
        try
        {
            asked.ThrowUnlessAsDescribed();
            var question = Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(request, ContractJson.Options)));
            var answer = await runs.AskAsync($"{found.Matrix.Digest} {chosenLens} simulate {question}", asked.Report, token);
            return TypedResults.Ok(answer.Report);
        }
        catch (RiskInputException wrong)
        {
            throw RiskProblems.BadParameter.Of(wrong.Field, wrong.Value.Trim('\''), wrong.Allowed);
        }
    }
}
