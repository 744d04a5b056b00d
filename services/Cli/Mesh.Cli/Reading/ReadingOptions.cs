using System.CommandLine;
using AlignmentMesh.Mesh.Cli.Client;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary>Arguments that several reading commands take.</summary>
internal static class ReadingOptions
{
    public const string Headline = "rohl-1";
    public const string Crisp = "crisp";
    public const string Table = "table";
    public const string Csv = "csv";

    public static Argument<string> Study() => new("STUDY") { Description = "Id of the study, as 'mesh study list' shows it" };

    public static Option<bool> Json() => new("--json") { Description = "Write JSON, as the service answers it" };

    public static Option<long?> Version() => new("--version")
    {
        Description = "Version, which is a size of the ledger (default: the newest)",
        HelpName = "N",
    };

    /// <param name="others">Where more than the published lenses may be asked for: how.</param>
    public static Option<string?> Lens(string others = "") => new("--lens")
    {
        Description = $"Aggregation rule: {Headline} (headline) or {Crisp}{others}",
        HelpName = "LENS",
    };

    /// <summary>A table for people, or everything for programs.</summary>
    public static Option<string> Format(string table, string csv)
    {
        var format = new Option<string>("--format")
        {
            Description = $"table ({table}), csv ({csv}) or json",
            DefaultValueFactory = _ => Table,
        };
        return format.AcceptOnlyFromAmong(Table, Csv, "json");
    }

    /// <summary>The path with what was given of the parameters.</summary>
    public static string Query(string path, params IEnumerable<(string Name, string? Value)> parameters)
    {
        var given = parameters.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={ServiceClient.Segment(parameter.Value!)}").ToArray();
        return given.Length == 0 ? path : $"{path}?{string.Join('&', given)}";
    }
}
