using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests.Wiring;

/// <summary>
/// Every endpoint names its access policy where it is mapped, in the same fluent chain, so that one reads route and access
/// together. A policy on the group, or none at all, does not count; AllowAnonymous is never used (<c>Access.Reader</c> says it).
/// </summary>
internal static class EndpointRule
{
    private static readonly HashSet<string> Mapping =
    [
        "MapGet", "MapPost", "MapPut", "MapDelete", "MapPatch", "MapMethods", "MapFallback", "MapFallbackToFile", "MapHub",
        "MapHealthChecks", "MapOpenApi", "MapRazorComponents",
    ];

    public static IEnumerable<string> Check(SourceFile file) =>
        from call in file.All<InvocationExpressionSyntax>()
        let name = NameOf(call)
        let finding = name switch
        {
            _ when name is not null && Mapping.Contains(name) && !Chain(call).Any(NamesPolicy) =>
                $"{name} without RequireAuthorization(policy) in its chain",
            "AllowAnonymous" => "AllowAnonymous: require Access.Reader instead, which says who it is for",
            _ => null,
        }
        where finding is not null
        select file.At(call.ArgumentList, finding);

    public static int Count(SourceFile file) =>
        file.All<InvocationExpressionSyntax>().Count(call => NameOf(call) is { } name && Mapping.Contains(name));

    private static string? NameOf(InvocationExpressionSyntax call) =>
        (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.Text;

    /// <summary>The calls that follow on what <paramref name="call"/> returned.</summary>
    private static IEnumerable<InvocationExpressionSyntax> Chain(InvocationExpressionSyntax call)
    {
        SyntaxNode node = call;
        while (node.Parent is MemberAccessExpressionSyntax access && access.Expression == node
            && access.Parent is InvocationExpressionSyntax next)
        {
            yield return next;
            node = next;
        }
    }

    /// <summary>A lambda would hide the policy from the table of policies; nothing at all would only ask for a signed-in user.</summary>
    private static bool NamesPolicy(InvocationExpressionSyntax call) =>
        NameOf(call) == "RequireAuthorization"
        && call.ArgumentList.Arguments is [{ Expression: MemberAccessExpressionSyntax or LiteralExpressionSyntax }, ..];
}
