using System.CommandLine;
using AlignmentMesh.Mesh.Cli.Client;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary>Arguments that several reading commands take.</summary>
internal static class ReadingOptions
{
    public const string Headline = "rohl-1";
    public const string Crisp = "crisp";

    public static Argument<string> Study() => new("STUDY") { Description = "Id of the study, as 'mesh study list' shows it" };

    public static Option<bool> Json() => new("--json") { Description = "Write JSON, as the service answers it" };

    public static Option<long?> Version() => new("--version")
    {
        Description = "Version, which is a size of the ledger (default: the newest)",
        HelpName = "N",
    };

    public static Option<string?> Lens() => new("--lens")
    {
        Description = $"Aggregation rule: {Headline} (headline) or {Crisp}",
        HelpName = "LENS",
    };

    /// <summary>The path with what was given of the parameters.</summary>
    public static string Query(string path, params IEnumerable<(string Name, string? Value)> parameters)
    {
        var given = parameters.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={ServiceClient.Segment(parameter.Value!)}").ToArray();
        return given.Length == 0 ? path : $"{path}?{string.Join('&', given)}";
    }
}
