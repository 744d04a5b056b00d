using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests;

/// <summary>One text file. A rule is a function from it to findings, so that a snippet can show the rule's teeth.</summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<CompilationUnitSyntax> _root = new(() => CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot());

    private readonly Lazy<string[]> _lines = new(() => text.Split('\n'));

    public string Path => path;

    public string Text => text;

    /// <summary>The lines without their ends; the empty one after the last line end is no line.</summary>
    public IReadOnlyList<string> Lines => text.EndsWith('\n') ? _lines.Value[..^1] : _lines.Value;

    /// <summary>The syntax, for C# only.</summary>
    public CompilationUnitSyntax Root => _root.Value;

    /// <summary>All nodes of one kind, in source order.</summary>
    public IEnumerable<T> All<T>() where T : SyntaxNode => Root.DescendantNodes().OfType<T>();

    public string At(SyntaxNodeOrToken node, string finding) => At(Span(node).StartLinePosition.Line, finding);

    /// <param name="line">Zero-based.</param>
    public string At(int line, string finding) => $"{path}:{line + 1}: {finding}";

    public static FileLinePositionSpan Span(SyntaxNodeOrToken node) => node.GetLocation()!.GetLineSpan();
}
