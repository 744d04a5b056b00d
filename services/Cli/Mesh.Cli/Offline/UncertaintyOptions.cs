using System.CommandLine;
using System.Globalization;
using AlignmentMesh.Mesh.Cli.Terminal;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>How uncertainty is drawn, as both the command for files and the one for services ask it.</summary>
internal sealed class UncertaintyOptions
{
    private const string Ways = "none, mode, organisation, all";

    public Option<long?> Seed { get; } = new("--seed")
    {
        Description = $"Seed of the draws; the same seed gives the same numbers (default: {ScoreUncertainty.StandardSeed})",
        HelpName = "N",
    };

    public Option<int?> Draws { get; } = new("--draws")
    {
        Description = $"How many draws, {RiskDraws.FewestDraws} to {RiskDraws.MostDraws} (default: {ScoreUncertainty.StandardDraws}, "
            + "or as many as the model allows)",
        HelpName = "N",
    };

    public Option<string?> Shared { get; } = new("--shared")
    {
        Description = $"What is wrong together: {Ways} (default: mode)",
        HelpName = "BY",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Seed, Draws, Shared })
            command.Add(option);
    }

    /// <summary>What was given of the options, by name.</summary>
    public string? Given(ParseResult parsed) =>
        parsed.GetValue(Seed) is not null ? Seed.Name
        : parsed.GetValue(Draws) is not null ? Draws.Name
        : parsed.GetValue(Shared) is not null ? Shared.Name : null;

    /// <summary>What was given of the options, as the service calls it.</summary>
    public IEnumerable<(string Name, string? Value)> Query(ParseResult parsed) =>
    [
        ("seed", parsed.GetValue(Seed)?.ToString(CultureInfo.InvariantCulture)),
        ("draws", parsed.GetValue(Draws)?.ToString(CultureInfo.InvariantCulture)), ("shared", parsed.GetValue(Shared)),
    ];

    /// <exception cref="CommandException">Shared by what there is not.</exception>
    public OfflineUncertainty Of(ParseResult parsed, OfflineModel model)
    {
        var shared = parsed.GetValue(Shared) switch
        {
            null or "mode" => SharedBy.Mode,
            "none" => SharedBy.None,
            "organisation" => SharedBy.Organisation,
            "all" => SharedBy.All,
            var other => throw CommandException.BadUsage($"'--shared' is {other}; allowed: {Ways}.", "mesh risk --help"),
        };
        return new OfflineUncertainty(model, shared, parsed.GetValue(Seed) ?? ScoreUncertainty.StandardSeed, parsed.GetValue(Draws));
    }
}
