using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.MatrixAggregation.Domain.Evaluating;

/// <summary>How far one hostile organisation moves a lens, over all cells and over raters who all say 0 or all say 1.</summary>
/// <param name="JoiningWorst">Largest absolute shift when it joins the organisations that are there.</param>
/// <param name="JoiningMean">Mean absolute shift.</param>
/// <param name="ReplacingWorst">Largest absolute shift when it takes the place of one of them, each in turn.</param>
public sealed record LensRobustness(string Lens, double JoiningWorst, double JoiningMean, double ReplacingWorst, double ReplacingMean)
{
    private static readonly double[] Extremes = [0, 1];

    /// <summary>One row per lens that has a value in every cell, in the order of <see cref="Multiverse.All"/>.</summary>
    /// <param name="cells">One or more, each with ratings in pooling order; the attack is on all of them at once.</param>
    public static IReadOnlyList<LensRobustness> Of(IReadOnlyList<Rating[]> cells, int raters = HostileRaters.Standard)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var organisations = cells.SelectMany(cell => cell).Select(rating => rating.Organisation).Distinct().Order(StringComparer.Ordinal);
        var honest = LensTable.Of(cells);
        var joined = Extremes.Select(says => LensTable.Of([.. cells.Select(cell => HostileRaters.Join(cell, says, raters))])).ToArray();
        var replaced = organisations
            .SelectMany(organisation => Extremes.Select(says =>
                LensTable.Of([.. cells.Select(cell => HostileRaters.Replace(cell, organisation, says, raters))])))
            .ToArray();
        return
        [
            .. from lens in Multiverse.All
               where lens != PublishedLenses.WithAiRaters && honest.IsDefined(lens)
               let joining = Shifts(lens, honest, joined)
               let replacing = Shifts(lens, honest, replaced)
               select new LensRobustness(lens.Id, joining.Max(), joining.Average(), replacing.Max(), replacing.Average()),
        ];
    }

    private static double[] Shifts(Lens lens, LensTable honest, LensTable[] attacked) =>
        [.. attacked.SelectMany(table => table.Values(lens).Zip(honest.Values(lens), (with, without) => Math.Abs(with - without)))];
}
