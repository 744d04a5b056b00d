using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>How risk is laid out, from files and from services alike.</summary>
internal static class RiskSheets
{
    public static Sheet Importance(IReadOnlyList<FailureModeImportance> modes, string portfolio)
    {
        var sheet = new Sheet("failure mode", "criticality", "Birnbaum", "diagnostic", "RAW", "RRW")
        {
            Title = $"Importance of the failure modes for {portfolio}",
        };
        foreach (var mode in modes.OrderByDescending(mode => mode.Criticality ?? -1))
            sheet.Add(
                mode.FailureMode, Show.Percent(mode.Criticality), Show.Number(mode.Birnbaum), Show.Percent(mode.Diagnostic),
                Show.Number(mode.Raw), Show.Number(mode.Rrw));
        return sheet;
    }
}
