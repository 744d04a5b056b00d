using System.CommandLine;
using System.Globalization;
using AlignmentMesh.Mesh.Cli.Terminal;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>Which tables <c>mesh risk MODEL.json</c> writes beside the first two, and under which assumptions.</summary>
internal sealed class OfflineRiskOptions
{
    private readonly Option<bool> _overlap = new("--overlap")
    {
        Description = "Also how far techniques fail together, and what is redundant",
    };

    private readonly Option<bool> _shapley = new("--shapley") { Description = "Also what each layer is worth, and how many fail" };

    private readonly Option<bool> _frontier = new("--frontier")
    {
        Description = "Also what to choose: risk against safety tax, the best of each size, what to add to --portfolio",
    };

    private readonly Option<bool> _cells = new("--cells") { Description = "Also which cells matter most" };

    private readonly Option<double?> _floor = new("--floor")
    {
        Description = "Probability of a failure mode outside the model that defeats everything "
            + $"(default: {ScoreRisk.UnmodelledFloor.ToString(CultureInfo.InvariantCulture)})",
        HelpName = "U",
    };

    private readonly Option<double?> _residual = new("--residual-beta")
    {
        Description = "Also the joint if, given the failure modes, techniques fail together as far as they can in this share of cases",
        HelpName = "B",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _overlap, _shapley, _frontier, _cells, _floor, _residual })
            command.Add(option);
    }

    public OfflineAssumptions Assumptions(ParseResult parsed) =>
        new(Probability(parsed, _floor) ?? ScoreRisk.UnmodelledFloor, Probability(parsed, _residual));

    /// <summary>The tables that were asked for.</summary>
    public IEnumerable<Func<OfflineTables, IEnumerable<Sheet>>> Tables(ParseResult parsed)
    {
        if (parsed.GetValue(_overlap)) yield return tables => tables.Overlap();
        if (parsed.GetValue(_shapley)) yield return tables => tables.Layers();
        if (parsed.GetValue(_frontier)) yield return tables => tables.Choice();
        if (parsed.GetValue(_cells)) yield return tables => tables.Cells();
        if (parsed.GetValue(_floor) is not null || parsed.GetValue(_residual) is not null) yield return tables => tables.Dependence();
    }

    private static double? Probability(ParseResult parsed, Option<double?> option) => parsed.GetValue(option) switch
    {
        null => null,
        >= 0 and <= 1 and var probability => probability,
        { } other => throw CommandException.BadUsage(
            $"'{option.Name}' is {other.ToString(CultureInfo.InvariantCulture)}; allowed: a probability from 0 to 1.", "mesh risk --help"),
    };
}
