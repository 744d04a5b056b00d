using System.Text.RegularExpressions;

namespace AlignmentMesh.Architecture.Tests.Text;

/// <summary>What holds on one machine only does not belong in the repository.</summary>
internal static partial class PlaceRule
{
    /// <summary>Somebody's home, a scratch folder: the code asks the system for a temporary folder instead.</summary>
    public static IEnumerable<string> Paths(SourceFile file) => Find(file, Machine(), "a path of one machine");

    /// <summary>Where packages come from is the user's configuration, a mirror perhaps.</summary>
    public static IEnumerable<string> Registries(SourceFile file) => Find(file, Registry(), "the host of a package registry");

    private static IEnumerable<string> Find(SourceFile file, Regex pattern, string finding) =>
        from line in file.Lines.Index()
        let match = pattern.Match(line.Item)
        where match.Success
        select file.At(line.Index, $"{finding}: {match.Value}");

    [GeneratedRegex(@"(?<![\w.~})*-])/(?:work|tmp|root|home/\w+|Users/\w+)/|\b[A-Z]:\\+(?:Users|Temp)\\")]
    private static partial Regex Machine();

    [GeneratedRegex(
        @"nuget\.org|npmjs\.|pypi\.org|pythonhosted\.org|crates\.io|maven\.org|rubygems\.org|proxy\.golang\.org|pkgs\.dev\.azure")]
    private static partial Regex Registry();
}
