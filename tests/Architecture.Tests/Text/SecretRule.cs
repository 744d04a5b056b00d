using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests.Text;

/// <summary>
/// A committed password is everybody's. A placeholder is none: a variable (<c>$X</c>), something in braces or angle brackets,
/// dots, or the word for what belongs there (<c>user:password@host</c>).
/// </summary>
internal static partial class SecretRule
{
    public static IEnumerable<string> Check(SourceFile file) =>
        file.Path.EndsWith(".cs", StringComparison.Ordinal) ? InCode(file) : InText(file);

    private static IEnumerable<string> InCode(SourceFile file)
    {
        var strings = file.Root.DescendantTokens().Where(token =>
            token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
                or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken);
        var inStrings = strings.Where(token => HoldsSecret(token.Text)).Select(token => file.At(token, "a password in a string"));

        var assigned =
            from assignment in file.All<AssignmentExpressionSyntax>()
            where Named(assignment.Left) && IsLiteral(assignment.Right)
            select file.At(assignment, "a password as a literal");
        var declared =
            from variable in file.All<VariableDeclaratorSyntax>()
            where SecretName().IsMatch(variable.Identifier.Text) && variable.Initializer is { } initializer && IsLiteral(initializer.Value)
            select file.At(variable, "a password as a literal");
        var passed =
            from call in file.All<InvocationExpressionSyntax>()
            where Named(call.Expression) && call.ArgumentList.Arguments is [var argument] && IsLiteral(argument.Expression)
            select file.At(call, "a password as a literal");
        return inStrings.Concat(assigned).Concat(declared).Concat(passed);
    }

    private static IEnumerable<string> InText(SourceFile file) =>
        from line in file.Lines.Index()
        where HoldsSecret(line.Item) || Setting().Matches(line.Item).Any(match => !IsPlaceholder(match.Groups["value"].Value))
        select file.At(line.Index, "a password");

    private static bool HoldsSecret(string text) =>
        PrivateKey().IsMatch(text)
        || ConnectionString().Matches(text).Concat(Address().Matches(text)).Any(match => !IsPlaceholder(match.Groups["value"].Value));

    private static bool IsPlaceholder(string value) =>
        value.Length == 0
        || "$<{%*(.'\"\\".Contains(value[0], StringComparison.Ordinal)
        || value.ToUpperInvariant() is "PASSWORD" or "SECRET";

    private static bool Named(ExpressionSyntax expression) => SecretName().IsMatch(expression.ToString());

    private static bool IsLiteral(ExpressionSyntax expression) => expression is LiteralExpressionSyntax { Token.ValueText.Length: > 0 };

    [GeneratedRegex("(?:password|passwd|secret)$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"\b(?:password|pwd)=(?<value>[^;\s]*)", RegexOptions.IgnoreCase)]
    private static partial Regex ConnectionString();

    [GeneratedRegex(@"://[^/\s:@]+:(?<value>[^@\s/]+)@")]
    private static partial Regex Address();

    /// <summary>A key of YAML, JSON or a shell variable; <c>X:?text</c> only says what to do without one.</summary>
    [GeneratedRegex(@"(?:password|passwd|_pass|secret)""?\s*[:=](?![:?])\s*""?(?<value>[^\s"",;]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Setting();

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY")]
    private static partial Regex PrivateKey();
}
