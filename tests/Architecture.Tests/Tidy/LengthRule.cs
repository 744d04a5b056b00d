using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests.Tidy;

/// <summary>What fits on a screen is read; limits on files, methods and lines keep it so.</summary>
internal static class LengthRule
{
    public const int File = 200;
    public const int Method = 40;
    public const int Line = 140;
    public const int Program = 30;

    /// <summary>A file of literals (<c>*Tables.cs</c>) may be as long as its table, if it holds no code and says what it is.</summary>
    public static IEnumerable<string> Files(SourceFile file)
    {
        var limit = file.Path.EndsWith(".Service/Program.cs", StringComparison.Ordinal) ? Program : File;
        if (file.Lines.Count <= limit || IsLiteralTable(file))
            yield break;

        yield return file.At(limit, $"the file has {file.Lines.Count} lines, at most {limit} are allowed");
    }

    public static IEnumerable<string> Methods(SourceFile file) =>
        from node in file.Root.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        let length = SourceFile.Span(node).EndLinePosition.Line - FirstLine(node) + 1
        where length > Method
        select file.At(node, $"the method has {length} lines, at most {Method} are allowed");

    public static IEnumerable<string> Lines(SourceFile file)
    {
        for (var line = 0; line < file.Lines.Count; line++)
        {
            var text = file.Lines[line];
            if (text.Length > Line)
                yield return file.At(line, $"the line has {text.Length} characters, at most {Line} are allowed");
            if (text.Contains('\t', StringComparison.Ordinal))
                yield return file.At(line, "a tab");
            if (text.EndsWith(' ') || text.EndsWith('\r'))
                yield return file.At(line, "white space at the end of the line");
        }
    }

    private static bool IsLiteralTable(SourceFile file) =>
        file.Path.EndsWith("Tables.cs", StringComparison.Ordinal)
        && !file.All<BlockSyntax>().Any()
        && file.Root.DescendantTrivia().Any(CommentRule.IsComment);

    /// <summary>Attributes are not part of what has to be read as one.</summary>
    private static int FirstLine(SyntaxNode node) =>
        SourceFile.Span(node.ChildNodesAndTokens().First(child => child.AsNode() is not AttributeListSyntax)).StartLinePosition.Line;
}
