using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AlignmentMesh.Architecture.Tests.Tidy;

/// <summary>Comments say why, now. They keep no code and promise no work.</summary>
internal static partial class CommentRule
{
    public static bool IsComment(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    public static IEnumerable<string> Promises(SourceFile file) =>
        from comment in Comments(file)
        let promise = Promise().Match(comment.Text)
        where promise.Success
        select file.At(comment.Line, $"'{promise.Value}' in a comment: do it, or file an issue");

    /// <summary>A heuristic: a line that ends like a statement or a block. Documentation may show code and is not looked at.</summary>
    public static IEnumerable<string> Code(SourceFile file) =>
        from comment in Comments(file)
        where !comment.IsDocumentation && LooksLikeCode(comment.Text.TrimEnd('/', '*', ' '))
        select file.At(comment.Line, "looks like commented-out code: delete it, or end the sentence otherwise");

    private static bool LooksLikeCode(string text) => text switch
    {
        _ when text.EndsWith('{') => true,
        _ when text.EndsWith(';') => Statement().IsMatch(text),
        _ when text.EndsWith('}') => text.Contains(';', StringComparison.Ordinal) || text.Count(c => c == '{') != text.Count(c => c == '}'),
        _ => false,
    };

    private static IEnumerable<(int Line, string Text, bool IsDocumentation)> Comments(SourceFile file) =>
        from trivia in file.Root.DescendantTrivia()
        where IsComment(trivia)
        let first = trivia.GetLocation().GetLineSpan().StartLinePosition.Line
        from line in trivia.ToFullString().Split('\n').Select((text, offset) => (first + offset, text.Trim()))
        select (line.Item1, line.Item2, trivia.HasStructure);

    /// <summary>Prose may pause with a semicolon at the end of a line; it has no assignment, call or keyword.</summary>
    [GeneratedRegex(@"[=()\[\]{}]|\b(?:return|break|continue|throw|var|using|await)\b")]
    private static partial Regex Statement();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|XXX)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Promise();
}
