using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests.Tidy;

/// <summary>
/// Nothing fails silently. A catch names what it catches; one that catches everything does something with it (uses it,
/// rethrows, or filters); one that does nothing on purpose says why in a comment.
/// </summary>
internal static class CatchRule
{
    public static IEnumerable<string> Check(SourceFile file) => file.All<CatchClauseSyntax>().SelectMany(clause => Check(file, clause));

    private static IEnumerable<string> Check(SourceFile file, CatchClauseSyntax clause)
    {
        if (clause.Declaration is not { } declaration)
        {
            yield return file.At(clause, "catch without a type");
            yield break;
        }

        var everything = declaration.Type.ToString() is "Exception" or "System.Exception" or "SystemException" or "System.SystemException";
        if (everything && clause.Filter is null && !Handles(clause, declaration))
            yield return file.At(clause, "catches every exception and neither uses, filters nor rethrows it");
        else if (clause.Block.Statements.Count == 0 && !clause.Block.DescendantTrivia().Any(CommentRule.IsComment))
            yield return file.At(clause, "an empty catch without a comment that says why");
    }

    private static bool Handles(CatchClauseSyntax clause, CatchDeclarationSyntax declaration) =>
        clause.Block.DescendantNodes().Any(node => node is ThrowStatementSyntax or ThrowExpressionSyntax)
        || clause.Block.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(name => !declaration.Identifier.IsKind(SyntaxKind.None) && name.Identifier.Text == declaration.Identifier.Text);
}
