using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests.Tidy;

/// <summary>Folders and types are named after what they are about, not after their kind.</summary>
internal static class NameRule
{
    private static readonly string[] KindFolders =
    [
        "Commands", "Handlers", "Validators", "Dtos", "DTOs", "Interfaces", "Helpers", "Utils", "Utilities", "Common", "Core",
        "Extensions",
    ];

    private static readonly string[] EmptySuffixes = ["Helper", "Helpers", "Manager", "Managers", "Util", "Utils", "Utilities"];

    private static readonly string[] TestAttributes = ["Fact", "Theory", "SkippableFact", "SkippableTheory"];

    public static IEnumerable<string> Folders(SourceFile file) =>
        from folder in file.Path.Split('/')[..^1]
        where KindFolders.Contains(folder, StringComparer.Ordinal)
        select $"{file.Path}: a folder named by kind, {folder}";

    public static IEnumerable<string> Types(SourceFile file) =>
        from type in file.All<BaseTypeDeclarationSyntax>()
        let name = type.Identifier.Text
        where EmptySuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal))
        select file.At(type.Identifier, $"the name {name} says nothing: name what it does");

    /// <summary>A test's name is the sentence its assertion proves: at least three words.</summary>
    public static IEnumerable<string> Tests(SourceFile file) =>
        from method in file.All<MethodDeclarationSyntax>()
        where IsTest(method)
        let name = method.Identifier.Text
        where name.Split('_', StringSplitOptions.RemoveEmptyEntries).Length < 3
        select file.At(method.Identifier, $"the test {name} is not named by a sentence (Words_joined_by_underscores)");

    public static bool IsTest(MethodDeclarationSyntax method) =>
        method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => TestAttributes.Contains(attribute.Name.ToString()));
}
