using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>A matrix version under one lens as a risk model, and what had to be assumed to make it one.</summary>
internal sealed record RiskInputs(RiskModel Model, RiskAssumptions Assumptions)
{
    /// <exception cref="RiskInputException">The matrix has no such lens.</exception>
    public static RiskInputs From(ConsensusMatrix matrix, string lens)
    {
        var cells = CellsOf(matrix, lens);
        var techniques = matrix.Techniques.Select(technique => technique.Id).ToArray();
        var modes = matrix.FailureModes.Select(mode => mode.Id).ToArray();
        var byPlace = cells.ToDictionary(cell => (cell.Technique, cell.FailureMode));
        var rows = techniques.Select(technique => (IReadOnlyList<Vulnerability>)
            [.. modes.Select(mode => Of(byPlace[(technique, mode)]))]).ToArray();
        var likelihoods = matrix.Likelihoods.ToDictionary(likelihood => likelihood.Id);
        var taxes = matrix.SafetyTaxes.ToDictionary(tax => tax.Id);
        var model = new RiskModel(
            techniques, modes, [.. modes.Select(mode => likelihoods[mode].Value!.Value)], rows,
            [.. techniques.Select(id => taxes[id].Value)]);
        return new RiskInputs(model, new RiskAssumptions(
            ScoreRisk.Dependence, ScoreRisk.UnmodelledFloor,
            [.. modes.Where(mode => likelihoods[mode].Assumed)],
            UnratedIn(model)));
    }

    /// <summary>As <c>technique/failureMode</c>, techniques outer.</summary>
    public static IReadOnlyList<string> UnratedIn(RiskModel model) =>
    [
        .. from i in Enumerable.Range(0, model.Techniques.Count)
           from j in Enumerable.Range(0, model.FailureModes.Count)
           where model.Cells(j)[i].Unrated
           select $"{model.Techniques[i]}/{model.FailureModes[j]}",
    ];

    /// <exception cref="RiskInputException">The matrix has no such lens.</exception>
    public static IReadOnlyList<ConsensusCell> CellsOf(ConsensusMatrix matrix, string lens) =>
        matrix.Lenses.TryGetValue(lens, out var cells)
            ? cells
            : throw new RiskInputException("lens", $"'{lens}'", string.Join(", ", matrix.Lenses.Keys.Order(StringComparer.Ordinal)));

    private static Vulnerability Of(ConsensusCell cell) =>
        cell.Mean is { } mean ? new Vulnerability(mean, cell.Sd ?? 0) : Vulnerability.NotRated;
}
