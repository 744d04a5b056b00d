using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests.Tidy;

/// <summary>Tests wait for a condition, with a limit; only the loop that polls for it may let time pass.</summary>
internal static class WaitRule
{
    /// <summary>A stand-in service below <c>tests/</c> is no test.</summary>
    public static IEnumerable<string> Check(SourceFile file)
    {
        if (file.Path.Split('/') is not ["tests", var project, ..] || !project.EndsWith(".Tests", StringComparison.Ordinal))
            return [];

        return
            from access in file.All<MemberAccessExpressionSyntax>()
            let call = $"{access.Expression.ToString().Split('.')[^1]}.{access.Name.Identifier.Text}"
            where call is "Thread.Sleep" || (call is "Task.Delay" && !access.Ancestors().Any(Polls))
            select file.At(access, $"{call} in a test: wait for a condition (Eventually..., Wait...)");
    }

    private static bool Polls(SyntaxNode node)
    {
        var name = node switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            LocalFunctionStatementSyntax function => function.Identifier.Text,
            TypeDeclarationSyntax type => type.Identifier.Text,
            _ => "",
        };
        return name.Contains("Eventually", StringComparison.Ordinal) || name.StartsWith("Wait", StringComparison.Ordinal);
    }
}
