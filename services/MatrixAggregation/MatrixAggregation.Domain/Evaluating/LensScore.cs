using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.MatrixAggregation.Domain.Evaluating;

/// <summary>How well a lens foretold what happened.</summary>
/// <param name="Brier">Mean of (p - outcome)^2, 0 best.</param>
/// <param name="Log">Mean of -ln of the probability given to the outcome, p clamped to 0.01..0.99; 0 best.</param>
/// <param name="Accuracy">Share of outcomes on p's side of one half; one half itself is half right.</param>
/// <param name="Discrimination">P(p is greater where it happened than where it did not), ties a half: the area under the ROC.</param>
/// <param name="BrierAttacked">
/// The Brier score when one organisation more joins, all of whose raters are sure of the opposite of what happened.
/// </param>
public sealed record LensScore(string Lens, double Brier, double Log, double Accuracy, double Discrimination, double BrierAttacked)
{
    /// <summary>One row per lens that has a value in every cell, in the order of <see cref="Multiverse.All"/>.</summary>
    /// <param name="cells">Ratings of P(it happens) in pooling order and whether it happened; both outcomes occur.</param>
    public static IReadOnlyList<LensScore> Of(
        IReadOnlyList<(Rating[] Ratings, bool Happened)> cells, int hostileRaters = HostileRaters.Standard)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var outcomes = cells.Select(cell => cell.Happened ? 1.0 : 0.0).ToArray();
        var honest = LensTable.Of([.. cells.Select(cell => cell.Ratings)]);
        var attacked = LensTable.Of([.. cells.Select(cell =>
            HostileRaters.Join(cell.Ratings, says: cell.Happened ? 0 : 1, hostileRaters))]);
        return
        [
            .. from lens in Multiverse.All
               where lens != PublishedLenses.WithAiRaters && honest.IsDefined(lens)
               let values = honest.Values(lens)
               select new LensScore(
                   lens.Id, BrierOf(values, outcomes), Mean(values, outcomes, Surprise), Mean(values, outcomes, Side),
                   Area(values, outcomes), BrierOf(attacked.Values(lens), outcomes)),
        ];
    }

    private static double BrierOf(IReadOnlyList<double> values, double[] outcomes) =>
        Mean(values, outcomes, (p, outcome) => (p - outcome) * (p - outcome));

    private static double Surprise(double p, double outcome) => -Math.Log(outcome == 1 ? Observation.Clamp(p) : 1 - Observation.Clamp(p));

    private static double Side(double p, double outcome) => p == 0.5 ? 0.5 : p > 0.5 == (outcome == 1) ? 1 : 0;

    private static double Mean(IReadOnlyList<double> values, double[] outcomes, Func<double, double, double> score) =>
        values.Zip(outcomes, score).Average();

    private static double Area(IReadOnlyList<double> values, double[] outcomes)
    {
        var pairs = from yes in values.Zip(outcomes)
                    where yes.Second == 1
                    from no in values.Zip(outcomes)
                    where no.Second == 0
                    select yes.First == no.First ? 0.5 : yes.First > no.First ? 1 : 0;
        return pairs.Average();
    }
}
