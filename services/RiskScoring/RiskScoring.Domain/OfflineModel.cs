using System.Text.Json.Serialization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>A risk model in a file, as `mesh risk MODEL.json` reads it.</summary>
public sealed record OfflineModel(
    IReadOnlyList<string> Techniques, IReadOnlyList<OfflineFailureMode> FailureModes,
    IReadOnlyList<IReadOnlyList<OfflineNumber>> Vulnerability, IReadOnlyList<double?>? SafetyTax = null)
{
    /// <summary>Every portfolio when at most <see cref="ScoreRisk.LargestListed"/> techniques, otherwise the asked one.</summary>
    /// <param name="portfolio">Techniques to score and to give importance for; null means all of them.</param>
    /// <exception cref="RiskInputException">The model or the portfolio is not as described.</exception>
    public OfflineRisk Score(IReadOnlyList<string>? portfolio)
    {
        var model = Build();
        var asked = model.IndexesOf(portfolio ?? Techniques);
        var sets = portfolio is null && Techniques.Count <= ScoreRisk.LargestListed ? ScoreRisk.AllOf(Techniques.Count) : [asked];
        return new OfflineRisk(ScoreRisk.Method, [.. sets.Select(set => Measure(model.Of(set)))], Importance.Of(model.Of(asked)));
    }

    /// <exception cref="RiskInputException">The model is not as described.</exception>
    internal RiskModel Build()
    {
        ThrowUnlessComplete();
        var likelihoods = FailureModes.Select((mode, j) => mode.Likelihood.Moments(NameOf(j)));
        return new RiskModel(
            Techniques, [.. FailureModes.Select(mode => mode.Id)], [.. likelihoods.Select(likelihood => likelihood.Mean)],
            [.. Vulnerability.Select((row, i) => (IReadOnlyList<Vulnerability>)[.. row.Select((cell, j) => cell.Moments(NameOf(i, j)))])],
            SafetyTax);
    }

    /// <summary>Standard deviations of the likelihoods.</summary>
    internal double[] LikelihoodSds() => [.. FailureModes.Select((mode, j) => mode.Likelihood.Moments(NameOf(j)).Sd)];

    private static string NameOf(int mode) => $"failureModes[{mode}].likelihood";

    private static string NameOf(int technique, int mode) => $"vulnerability[{technique}][{mode}]";

    /// <summary>What the model's own checks would call by another name than the file does, or meet as a null.</summary>
    private void ThrowUnlessComplete()
    {
        if (Techniques.Count == 0) throw new RiskInputException("techniques", "empty", "at least one technique");
        for (var j = 0; j < FailureModes.Count; j++)
            if (FailureModes[j] is null) throw new RiskInputException($"failureModes[{j}]", "null", "an id and a likelihood");
        for (var i = 0; i < Vulnerability.Count; i++)
        {
            if (Vulnerability[i] is null) throw new RiskInputException($"vulnerability[{i}]", "null", "a number for each failure mode");
            for (var j = 0; j < Vulnerability[i].Count; j++)
                if (Vulnerability[i][j] is null) throw new RiskInputException(NameOf(i, j), "null", "a number, or what is known of it");
        }

        if (SafetyTax is not { } taxes) return;
        RiskInputException.ThrowUnlessCount(taxes.Count, Techniques.Count, "safetyTax", "technique");
        for (var i = 0; i < taxes.Count; i++) RiskInputException.ThrowUnlessNotNegative(taxes[i] ?? 0, $"safetyTax[{i}]");
    }

    private static OfflinePortfolio Measure(RiskModel model)
    {
        var alone = Enumerable.Range(0, model.Techniques.Count).Select(i => PortfolioMeasures.Alone(model, i)).ToArray();
        var (joint, independent) = (FailedSets.Joint(model), PortfolioMeasures.Independent(alone));
        var (low, high) = PortfolioMeasures.Frechet(alone);
        return new OfflinePortfolio(
            model.Techniques, joint, independent, independent == 0 ? null : joint / independent,
            PortfolioMeasures.EffectiveLayers(joint, alone), [low, high]);
    }
}

/// <param name="Likelihood">P(the mode obtains), 0..1.</param>
public sealed record OfflineFailureMode(string Id, OfflineNumber Likelihood);

/// <param name="Importance">For the asked portfolio, by default all techniques together.</param>
/// <param name="Uncertainty">Where it is asked for.</param>
public sealed record OfflineRisk(
    string Method, IReadOnlyList<OfflinePortfolio> Portfolios, IReadOnlyList<FailureModeImportance> Importance,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UncertaintyFigures? Uncertainty = null);

public sealed record OfflinePortfolio(
    IReadOnlyList<string> Techniques, double Joint, double Independent, double? DependenceEffect, double? EffectiveLayers,
    IReadOnlyList<double> Frechet);
