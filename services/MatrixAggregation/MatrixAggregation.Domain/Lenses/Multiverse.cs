namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>One cell under every lens: how much the answer depends on the method.</summary>
/// <param name="Readings">In the order of <see cref="All"/>.</param>
/// <param name="Lowest">
/// The least probability of any lens over the same ratings (<c>with-ai-raters</c> has others, scores of verdicts are none); null without
/// ratings.
/// </param>
/// <param name="Defined">Lenses over the same ratings with a value, the headline not counted.</param>
/// <param name="Agreeing">Of these, how many have the headline's verdict.</param>
public sealed record Multiverse(
    IReadOnlyList<LensReading> Readings, double? Lowest, double? Highest, Verdict? Headline, int Defined, int Agreeing)
{
    /// <summary>Every lens there is, the headline first.</summary>
    public static IReadOnlyList<Lens> All { get; } =
    [
        PublishedLenses.Rohl1, PublishedLenses.Crisp, PublishedLenses.WithAiRaters, ArithmeticMean.Lens, OrganisationBalancedMean.Lens,
        Medians.OfOrganisations, Medians.OfOrganisationMeans, Medians.OfRaters, TrimmedMean.Lens, GeometricMean.Lens,
        LogOddsMeans.GeometricMeanOfOdds, LogOddsMeans.LogOdds, ProbitMean.Lens, LogOddsMeans.Neyman, BetaMean.Lens,
        TripleVariability.Lens, MeanDistribution.Lens, IntervalWeights.ByWidth, IntervalWeights.ByOwnWidths, VerdictDirichlet.Lens,
    ];

    public static Multiverse Of(CellView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var readings = new LensReading[All.Count];
        double? lowest = null, highest = null;
        var (defined, agreeing) = (0, 0);
        var headline = view.Headline?.Verdict;
        for (var i = 0; i < readings.Length; i++)
        {
            var lens = All[i];
            var value = Read(lens, view);
            readings[i] = new(lens.Id, value.Value, value.Undefined, value.Verdict);
            if (value.Value is not { } x || lens == PublishedLenses.WithAiRaters)
                continue;
            if (lens.IsProbability)
                (lowest, highest) = (Math.Min(lowest ?? x, x), Math.Max(highest ?? x, x));
            if (lens == PublishedLenses.Rohl1)
                continue;
            defined++;
            agreeing += value.Verdict == headline ? 1 : 0;
        }

        return new(readings, lowest, highest, headline, defined, agreeing);
    }

    // Only AI raters may have rated the cell: their lens has a value then, and no other.
    internal static LensValue Read(Lens lens, CellView view) =>
        view.Raters == 0 && lens != PublishedLenses.WithAiRaters ? LensValue.Because(LensValue.NoData) : lens.Pool(view);
}

/// <summary>What one lens says about a cell.</summary>
/// <param name="Undefined">Why <paramref name="Value"/> is null: <c>no_data</c> or <c>no_bounds</c>.</param>
/// <param name="Verdict">Read off the value with cuts at 1/3 and 2/3, or off the posterior where the lens has one.</param>
public sealed record LensReading(string Lens, double? Value, string? Undefined, Verdict? Verdict);
