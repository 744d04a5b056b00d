using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests.Wiring;

/// <summary>What a Wiring.cs registers, by the word its registering calls have in common.</summary>
internal static class Registrations
{
    /// <summary>
    /// Names in the type arguments and arguments of calls whose own name contains <paramref name="word"/>. What stands before
    /// the call in a fluent chain is not part of it: a singleton is not yet a hosted service.
    /// </summary>
    public static IReadOnlySet<string> Of(SourceFile wiring, string word) =>
        (from call in wiring.All<InvocationExpressionSyntax>()
         let method = call.Expression switch
         {
             MemberAccessExpressionSyntax access => access.Name,
             SimpleNameSyntax name => name,
             _ => null,
         }
         where method is not null && method.Identifier.Text.Contains(word, StringComparison.Ordinal)
         from token in method.DescendantTokens().Skip(1).Concat(call.ArgumentList.DescendantTokens())
         select token.Text).ToHashSet();
}
