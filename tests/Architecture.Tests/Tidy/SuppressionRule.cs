using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests.Tidy;

/// <summary>Whoever silences a warning says why, where it is silenced.</summary>
internal static class SuppressionRule
{
    /// <summary>A pragma has a comment on the line above; an attribute has its Justification.</summary>
    public static IEnumerable<string> Source(SourceFile file)
    {
        foreach (var pragma in file.Root.DescendantNodes(descendIntoTrivia: true).OfType<PragmaWarningDirectiveTriviaSyntax>())
        {
            var line = SourceFile.Span(pragma).StartLinePosition.Line;
            var isDisable = pragma.DisableOrRestoreKeyword.Text == "disable";
            if (isDisable && (line == 0 || !file.Lines[line - 1].TrimStart().StartsWith("//", StringComparison.Ordinal)))
                yield return file.At(line, "a suppression without its reason on the line above");
        }

        foreach (var attribute in file.All<AttributeSyntax>().Where(IsSuppression))
            if (Justification(attribute) is not { Length: > 2 })
                yield return file.At(attribute, "a suppression without a Justification");
    }

    /// <summary>Every NoWarn of a project or props file follows a comment.</summary>
    public static IEnumerable<string> Project(SourceFile file)
    {
        if (!file.Path.EndsWith(".csproj", StringComparison.Ordinal) && !file.Path.EndsWith(".props", StringComparison.Ordinal))
            return [];

        return
            from element in XDocument.Parse(file.Text).Descendants("NoWarn")
            let before = element.NodesBeforeSelf().LastOrDefault(node => node is not XText)
            where before is not XComment
            select $"{file.Path}: NoWarn {element.Value} without a comment before it";
    }

    /// <summary>Every rule that .editorconfig turns off follows a comment that names it.</summary>
    public static IEnumerable<string> EditorConfig(SourceFile file)
    {
        if (System.IO.Path.GetFileName(file.Path) != ".editorconfig")
            yield break;

        for (var line = 0; line < file.Lines.Count; line++)
            if (file.Lines[line].Split('.') is ["dotnet_diagnostic", var id, var rest] && rest.EndsWith("none", StringComparison.Ordinal))
                if (line == 0 || !file.Lines[line - 1].StartsWith($"# {id}:", StringComparison.Ordinal))
                    yield return file.At(line, $"{id} is turned off without '# {id}: reason' on the line above");
    }

    private static bool IsSuppression(AttributeSyntax attribute) =>
        attribute.Name.ToString().Split('.')[^1].Replace("Attribute", "", StringComparison.Ordinal)
            is "SuppressMessage" or "UnconditionalSuppressMessage";

    private static string? Justification(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments
            .SingleOrDefault(argument => argument.NameEquals?.Name.ToString() == "Justification")?.Expression.ToString();
}
