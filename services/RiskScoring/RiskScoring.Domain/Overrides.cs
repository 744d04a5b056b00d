using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>The consensus with other numbers in the place of some. A number that is set by hand is taken as certain.</summary>
/// <param name="Inputs">The model, and what is still assumed of it.</param>
/// <param name="Cells">Places of the cells that were set, as technique and failure mode.</param>
/// <param name="Likelihoods">Indexes of the failure modes whose likelihood was set.</param>
internal sealed record Overrides(
    RiskInputs Inputs, IReadOnlySet<(int Technique, int FailureMode)> Cells, IReadOnlySet<int> Likelihoods)
{
    /// <exception cref="RiskInputException">A name that the matrix does not have, one twice, or a number outside its range.</exception>
    internal static Overrides Of(RiskInputs consensus, SimulateRequest asked)
    {
        var model = consensus.Model;
        var cells = Unique(asked.Cells, "cells", (cell, field) =>
        {
            RiskInputException.ThrowUnlessProbability(cell.Vulnerability, field + ".vulnerability");
            return model.PlaceOf(cell.Technique, cell.FailureMode, field + ".");
        });
        var likelihoods = Unique(asked.Likelihoods, "likelihoods", (one, field) =>
        {
            RiskInputException.ThrowUnlessProbability(one.Likelihood, field + ".likelihood");
            return model.PlaceOfMode(one.FailureMode, field + ".failureMode");
        });
        var taxes = Unique(asked.SafetyTaxes, "safetyTaxes", (one, field) =>
        {
            RiskInputException.ThrowUnlessNotNegative(one.SafetyTax, field + ".safetyTax");
            return model.PlaceOfTechnique(one.Technique, field + ".technique");
        });
        var changed = model
            .WithCells((i, j, cell) => cells.TryGetValue((i, j), out var set) ? new Vulnerability(set.Vulnerability) : cell)
            .WithSafetyTaxes([.. model.SafetyTaxes.ToArray().Select((tax, i) => taxes.TryGetValue(i, out var set) ? set.SafetyTax : tax)]);
        foreach (var (mode, set) in likelihoods) changed = changed.WithLikelihood(mode, set.Likelihood);
        var assumptions = consensus.Assumptions with
        {
            UnmodelledFloor = asked.UnmodelledFloor ?? ScoreRisk.UnmodelledFloor,
            AssumedLikelihoods = [.. consensus.Assumptions.AssumedLikelihoods.Where(id => !likelihoods.ContainsKey(model.PlaceOfMode(id)))],
            UnratedCells = RiskInputs.UnratedIn(changed),
        };
        return new Overrides(new RiskInputs(changed, assumptions), cells.Keys.ToHashSet(), likelihoods.Keys.ToHashSet());
    }

    private static Dictionary<TPlace, T> Unique<T, TPlace>(IReadOnlyList<T>? items, string list, Func<T, string, TPlace> check)
        where TPlace : notnull
    {
        var unique = new Dictionary<TPlace, T>();
        for (var k = 0; k < items?.Count; k++)
        {
            var field = $"{list}[{k}]";
            if (items[k] is not { } item) throw new RiskInputException(field, "null", "a name and a number");
            if (!unique.TryAdd(check(item, field), item))
                throw new RiskInputException(field, "set a second time", "every number once");
        }

        return unique;
    }
}
