using System.Text.RegularExpressions;

namespace AlignmentMesh.Architecture.Tests.Documents;

/// <summary>Documents are read when they are short, and believed when what they point at exists.</summary>
internal static partial class DocumentRule
{
    public const int Readme = 150;
    public const int Decision = 40;

    public static IEnumerable<string> Length(SourceFile file)
    {
        var limit = file.Path switch
        {
            "README.md" => Readme,
            _ when IsDecision(file) => Decision,
            _ => int.MaxValue,
        };
        if (file.Lines.Count > limit)
            yield return $"{file.Path}: {file.Lines.Count} lines, at most {limit} are allowed";
    }

    public static bool IsDecision(SourceFile file) => DecisionPath().IsMatch(file.Path);

    /// <summary>Decisions are numbered 0001, 0002, ... without gap or repeat, and the index lists each of them once.</summary>
    public static IEnumerable<string> Decisions(IReadOnlyList<string> names, string index)
    {
        foreach (var (position, name) in names.Order(StringComparer.Ordinal).Index())
        {
            if (!name.StartsWith($"{position + 1:0000}-", StringComparison.Ordinal))
                yield return $"{name}: decision number {position + 1:0000} is expected here";
            if (index.Split($"({name})").Length != 2)
                yield return $"{name}: the index must list it once";
        }

        foreach (var link in Link().Matches(index).Select(match => match.Groups["target"].Value).Where(link => !names.Contains(link)))
            yield return $"the index lists {link}, which does not exist";
    }

    /// <summary>Relative links of a Markdown file lead somewhere.</summary>
    public static IEnumerable<string> Links(SourceFile file, Func<string, bool> exists)
    {
        if (!file.Path.EndsWith(".md", StringComparison.Ordinal))
            return [];

        var directory = Path.GetDirectoryName(file.Path)!;
        return
            from line in file.Lines.Index()
            from match in Link().Matches(line.Item)
            let target = match.Groups["target"].Value
            where !target.Contains(':', StringComparison.Ordinal) && !target.StartsWith('#')
            where !exists(Path.Combine(directory, target.Split('#')[0]))
            select file.At(line.Index, $"the link {target} leads nowhere");
    }

    [GeneratedRegex(@"^docs/adr/\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionPath();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
