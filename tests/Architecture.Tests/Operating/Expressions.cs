using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace AlignmentMesh.Architecture.Tests.Operating;

/// <summary>The PromQL of rules and dashboards, and the series it names.</summary>
internal static partial class Expressions
{
    private static readonly HashSet<string> Words =
        ["and", "or", "unless", "by", "without", "on", "ignoring", "offset", "bool", "group_left", "group_right", "inf", "nan"];

    public static IReadOnlyList<(string Where, string Text)> All { get; } = [.. Rules().Concat(Dashboards())];

    public static IEnumerable<SourceFile> DashboardFiles =>
        Repository.TextFiles.Where(file => file.Path.StartsWith("deploy/grafana/", StringComparison.Ordinal)
            && file.Path.EndsWith(".json", StringComparison.Ordinal));

    /// <summary>Names that are neither functions, words of the language, nor labels.</summary>
    public static IEnumerable<string> SeriesIn(string expression)
    {
        var bare = Grouping().Replace(Selectors().Replace(expression, " "), " ");
        return Name().Matches(bare).Select(match => match.Value).Where(name => !Words.Contains(name)).Distinct();
    }

    /// <summary>Every mapping of a YAML file, outermost first.</summary>
    public static IEnumerable<YamlMappingNode> Mappings(string path) => Document(path).AllNodes.OfType<YamlMappingNode>();

    public static YamlNode Document(string path)
    {
        var yaml = new YamlStream();
        using var text = new StringReader(Repository.Find(path)?.Text ?? throw new FileNotFoundException(path));
        yaml.Load(text);
        return yaml.Documents.Single().RootNode;
    }

    public static string? Text(this YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? (value as YamlScalarNode)?.Value : null;

    private static IEnumerable<(string, string)> Rules() =>
        from rule in Mappings("deploy/prometheus/rules.yml")
        where rule.Text("alert") is not null
        select (rule.Text("alert")!, rule.Text("expr")!);

    private static IEnumerable<(string, string)> Dashboards() =>
        from file in DashboardFiles
        from panel in JsonDocument.Parse(file.Text).RootElement.GetProperty("panels").EnumerateArray()
        from target in panel.GetProperty("targets").EnumerateArray()
        select ($"{file.Path}: {panel.GetProperty("title").GetString()}", target.GetProperty("expr").GetString()!);

    [GeneratedRegex("""\{[^}]*\}|\[[^\]]*\]|"[^"]*"|offset\s+\w+""")]
    private static partial Regex Selectors();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"(?<![\w.])[a-zA-Z_:][\w:]*(?!\w)(?!\s*\()")]
    private static partial Regex Name();
}
