namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>A risk model in a file, as `mesh risk MODEL.json` reads it.</summary>
public sealed record OfflineModel(
    IReadOnlyList<string> Techniques, IReadOnlyList<OfflineFailureMode> FailureModes,
    IReadOnlyList<IReadOnlyList<OfflineNumber>> Vulnerability, IReadOnlyList<double?>? SafetyTax = null)
{
    /// <exception cref="RiskInputException">The model is not as described.</exception>
    public RiskModel Build()
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

    /// <summary>Cells with bounds of their own.</summary>
    public IReadOnlyList<CellInterval> Unsettled() =>
    [
        .. from i in Enumerable.Range(0, Techniques.Count)
           from j in Enumerable.Range(0, FailureModes.Count)
           let bounds = Vulnerability[i][j].Bounds
           where bounds is not null
           select new CellInterval(Techniques[i], FailureModes[j].Id, bounds[0], bounds[1]),
    ];

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
}

/// <param name="Likelihood">P(the mode obtains), 0..1.</param>
public sealed record OfflineFailureMode(string Id, OfflineNumber Likelihood);
