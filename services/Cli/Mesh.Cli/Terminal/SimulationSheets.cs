using System.Globalization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>How the answer to a what-if question is laid out.</summary>
internal static class SimulationSheets
{
    /// <param name="crisp">The same under the lens crisp, or null.</param>
    public static void Write(Shell shell, RiskSimulation answer, RiskSimulation? crisp)
    {
        var name = string.Join('+', answer.Portfolio.Techniques);
        shell.Out.WriteLine($"{Show.Heading(answer.Study, answer.Label, answer.Version)}, lens {answer.Lens}, what if: {name}");
        Sheet[] sheets =
        [
            Side(answer, crisp), MeasureSheets.Dependence(answer.Dependence, "the portfolio"), Layers(answer.LeaveOneOut),
            MeasureSheets.Additions(answer.Additions, "the portfolio"), RiskQuestionSheets.Leverages(answer.Cells),
        ];
        foreach (var (sheet, place) in sheets.Where(sheet => sheet.Rows > 0).Select((sheet, place) => (sheet, place)))
        {
            if (place > 0) shell.Out.WriteLine();
            sheet.Write(shell);
        }

        RiskQuestionSheets.End(shell, answer.Statement, answer.Assumptions, answer.LeftOut);
        if (answer.Uncertainty is { } spread) shell.Say(Legend(spread.Sampling));
    }

    private static string Legend(UncertaintySampling sampling) =>
        $"Interval: {sampling.Draws} draws, seed {sampling.Seed}, uncertainty shared by {sampling.Shared}; what you set is certain.";

    /// <summary>Shared failure modes beside independence, what was asked beside the consensus, and crisp beside the headline.</summary>
    private static Sheet Side(RiskSimulation answer, RiskSimulation? crisp)
    {
        string[] columns = ["", "yours", "consensus", "yours, crisp"];
        var shown = crisp is null ? columns.Length - 1 : columns.Length;
        var sheet = new Sheet(columns[..shown])
        {
            Title = "If failure modes are shared, and if failures were independent",
        };
        Row("joint", risk => risk.JointSharedByMode ?? risk.Joint);
        Row("cells independent", risk => risk.Joint);
        Row("independent", risk => risk.Independent);
        Row("dependence effect", risk => risk.DependenceEffect);
        Row("effective layers", risk => risk.EffectiveLayers);
        Row("with a mode outside", risk => risk.JointWithFloor);
        Row("safety tax", risk => risk.SafetyTax);
        if (answer.Uncertainty is { } spread)
            Add("90 % interval", $"{Show.Number(spread.Quantiles.P05)} to {Show.Number(spread.Quantiles.P95)}", "", Interval(crisp));
        if (answer.Layers.Needed > 1)
        {
            var needed = answer.Layers.Needed.ToString(CultureInfo.InvariantCulture);
            Add($"fewer than {needed} hold", Show.Number(answer.Layers.Fails), "", Show.Number(crisp?.Layers.Fails));
            Add("  if independent", Show.Number(answer.Layers.FailsIfIndependent), "", Show.Number(crisp?.Layers.FailsIfIndependent));
        }

        return sheet;

        void Row(string name, Func<PortfolioRisk, double?> number) => Add(
            name, Show.Number(number(answer.Portfolio)), Show.Number(number(answer.Published)),
            crisp is null ? "" : Show.Number(number(crisp.Portfolio)));

        void Add(params string[] cells) => sheet.Add(cells[..shown]);
    }

    private static string Interval(RiskSimulation? answer) => answer?.Uncertainty is { Sampling.UncertainCells: > 0 } spread
        ? $"{Show.Number(spread.Quantiles.P05)} to {Show.Number(spread.Quantiles.P95)}"
        : Show.Nothing;

    private static Sheet Layers(IReadOnlyList<LayerWorth> layers) => Sheet.Build(
        "What each layer is worth beside the others",
        [.. layers.OrderBy(layer => layer.Ratio ?? 1)],
        [
            new("technique", (layer, _) => layer.Technique),
            new("joint without it", (layer, _) => Show.Number(layer.JointWithout)),
            new("it takes away", (layer, _) => Show.Number(layer.Benefit)),
            new("fails if all others did", (layer, _) => Show.Percent(layer.Ratio)),
        ]);
}
