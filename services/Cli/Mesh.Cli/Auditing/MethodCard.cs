using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>The computations behind a bundle's numbers by id, with their constants: whoever replays it needs just these.</summary>
/// <param name="EventSchema">Version of the events' shapes.</param>
/// <param name="Constants">Of ROHL-1 unless the study's own say otherwise; those are in the ledger.</param>
/// <param name="AssumedLikelihood">Of a failure mode that nobody rated.</param>
/// <param name="Tolerance">Relative, of numbers recomputed on another platform.</param>
internal sealed record MethodCard(
    int EventSchema, IReadOnlyList<string> Lenses, RohlConstants Constants, double AssumedLikelihood, string RiskMethod, string Dependence,
    double UnmodelledFloor, double Tolerance)
{
    /// <summary>Those that this program computes.</summary>
    public static MethodCard Own { get; } = new(
        LedgerEventNames.Schema, Method.Lenses, Rohl1Policy.Default.Constants, MedianOfOrganisations.AssumedLikelihood, ScoreRisk.Method,
        ScoreRisk.Dependence, ScoreRisk.UnmodelledFloor, Reproduction.Tolerance);

    /// <summary>What the other card asks for and this program does not compute; null where there is nothing.</summary>
    public string? Difference(MethodCard other) => Reproduction.Of(
        System.Text.Json.JsonSerializer.SerializeToElement(this, ContractJson.Options),
        System.Text.Json.JsonSerializer.SerializeToElement(other, ContractJson.Options)).Difference;
}
