using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>How overlap, worth and choice of techniques are laid out, from files and from services alike.</summary>
internal static class MeasureSheets
{
    /// <summary>What matters little is in the JSON.</summary>
    private const int MostCells = 12;

    /// <summary>The pairs that fail together most first.</summary>
    public static Sheet Pairs(IReadOnlyList<TechniquePair> pairs) => Sheet.Build(
        "How far techniques fail together",
        [.. pairs.OrderByDescending(pair => pair.Phi ?? -1)],
        [
            new("technique", (pair, _) => pair.A),
            new("other", (pair, _) => pair.B),
            new("both fail", (pair, _) => Show.Number(pair.Joint)),
            new("phi", (pair, _) => Show.Number(pair.Phi)),
            new("of the most possible", (pair, _) => Show.Percent(pair.PhiShare)),
            new("technique given other", (pair, _) => Show.Percent(pair.AGivenB)),
            new("other given technique", (pair, _) => Show.Percent(pair.BGivenA)),
            new("Jaccard", (pair, _) => Show.Percent(pair.Jaccard)),
            new("rows alike", (pair, _) => Show.Percent(pair.RowOverlap)),
        ]);

    /// <summary>The most valuable layer first.</summary>
    /// <param name="worth">Of the same techniques, in the same order.</param>
    public static Sheet Layers(IReadOnlyList<ShapleyValue> values, IReadOnlyList<LayerWorth> worth, string portfolio) => Sheet.Build(
        $"What each layer of {portfolio} is worth",
        [.. values.Zip(worth).OrderByDescending(layer => layer.First.Decades ?? layer.First.Linear)],
        [
            new("technique", (layer, _) => layer.First.Technique),
            new("Shapley, decades", (layer, _) => Show.Number(layer.First.Decades)),
            new("Shapley, linear", (layer, _) => Show.Number(layer.First.Linear)),
            new("joint without it", (layer, _) => Show.Number(layer.Second.JointWithout)),
            new("it takes away", (layer, _) => Show.Number(layer.Second.Benefit)),
            new("fails if all others did", (layer, _) => Show.Percent(layer.Second.Ratio)),
        ]);

    /// <param name="atLeast">P(at least k fail), k from 0.</param>
    public static Sheet AtLeast(IReadOnlyList<double> atLeast, string portfolio) => Sheet.Build(
        $"How many of {portfolio} fail",
        [.. atLeast.Skip(1)],
        [
            new("at least", (_, row) => Show.Count(row + 1)),
            new("probability", (probability, _) => Show.Number(probability)),
            new("so a portfolio fails that needs", (_, row) => Show.Count(atLeast.Count - 1 - row)),
        ]);

    public static Sheet Frontier(IReadOnlyList<RankedPortfolio> frontier) =>
        Ranked("What none beats in both risk and safety tax", frontier);

    /// <param name="best">The best of each size, then the next best, as many as there are.</param>
    public static Sheet Best(IReadOnlyList<RankedPortfolio> best) => Ranked("The best of each size", best);

    public static Sheet Additions(IReadOnlyList<TechniqueAddition> additions, string portfolio) => Sheet.Build(
        $"What to add to {portfolio}",
        additions,
        [
            new("technique", (addition, _) => addition.Technique),
            new("joint with it", (addition, _) => Show.Number(addition.Joint)),
            new("times", (addition, _) => Show.Number(addition.Ratio)),
            new("safety tax", (addition, _) => Show.Number(addition.SafetyTax), additions.Any(addition => addition.SafetyTax is not null)),
            new(
                "decades by tax", (addition, _) => Show.Number(addition.DecadesPerTax),
                additions.Any(addition => addition.DecadesPerTax is not null)),
        ]);

    public static Sheet Cells(IReadOnlyList<CellImportance> cells, string portfolio) => Sheet.Build(
        $"The cells that matter most for {portfolio}",
        [.. cells.OrderByDescending(cell => cell.Derivative).Take(MostCells)],
        [
            new("technique", (cell, _) => cell.Technique),
            new("failure mode", (cell, _) => cell.FailureMode),
            new("joint from 0 to 1", (cell, _) => Show.Number(cell.Derivative)),
        ]);

    public static Sheet Dependence(IReadOnlyList<DependentJoint> answers, string portfolio) => Sheet.Build(
        $"The joint of {portfolio} under each assumption about dependence",
        answers,
        [
            new("assumption", (answer, _) => answer.Assumption),
            new("joint", (answer, _) => Show.Number(answer.Joint)),
            new("independent", (answer, _) => Show.Number(answer.Independent)),
            new("in words", (answer, _) => answer.LeftOut is null ? answer.Words : $"{answer.Words} No number: {answer.LeftOut}."),
        ]);

    private static Sheet Ranked(string title, IReadOnlyList<RankedPortfolio> portfolios) => Sheet.Build(
        title, portfolios,
        [
            new("portfolio", (one, _) => string.Join('+', one.Techniques)),
            new("safety tax", (one, _) => Show.Number(one.SafetyTax), portfolios.Any(one => one.SafetyTax is not null)),
            new("joint", (one, _) => Show.Number(one.Joint)),
            new(
                "over open cells", (one, _) => $"{Show.Number(one.JointRange[0])} to {Show.Number(one.JointRange[1])}",
                portfolios.Any(one => one.JointRange[0] < one.JointRange[1])),
        ]);
}
