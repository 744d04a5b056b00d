using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests.Operating;

/// <summary>A metric instrument as the code creates it, or as docs/operations/metrics.md tells it.</summary>
internal sealed partial record Instrument(string Name, string Kind, string Unit)
{
    /// <summary>Every instrument that services and shared projects create, found by the call that creates it.</summary>
    public static IReadOnlyList<Instrument> Created { get; } =
        [.. Repository.Sources.Where(IsProduct).SelectMany(file => In(file))];

    /// <summary>The rows of the page's tables.</summary>
    public static IReadOnlyList<Instrument> Documented { get; } =
    [
        .. Repository.Find("docs/operations/metrics.md")!.Lines.Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => new Instrument(row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value)),
    ];

    /// <summary>The names under which Prometheus keeps what it gets by OTLP.</summary>
    public IEnumerable<string> Series()
    {
        var name = Name.Replace('.', '_') + (Unit == "s" ? "_seconds" : "");
        return Kind switch
        {
            "counter" => [name + "_total"],
            "histogram" => [name + "_bucket", name + "_sum", name + "_count"],
            _ => [name],
        };
    }

    /// <exception cref="InvalidDataException">Name or unit are not written out where the instrument is created.</exception>
    public static IEnumerable<Instrument> In(SourceFile file) =>
        from call in file.All<InvocationExpressionSyntax>()
        where call.Expression is MemberAccessExpressionSyntax
        let created = Creation().Match(((MemberAccessExpressionSyntax)call.Expression).Name.Identifier.Text)
        where created.Success
        select Of(file, call, created.Groups["kind"].Value);

    private static Instrument Of(SourceFile file, InvocationExpressionSyntax call, string kind)
    {
        var texts = call.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<LiteralExpressionSyntax>()
            .Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression)).Select(literal => literal.Token.ValueText).ToArray();
        return texts is [var name, var unit, _]
            ? new Instrument(name, kind.EndsWith("Gauge", StringComparison.Ordinal) ? "gauge" : kind.ToLowerInvariant(), unit)
            : throw new InvalidDataException(file.At(call, "an instrument needs name, unit and description as literals"));
    }

    private static bool IsProduct(SourceFile file) =>
        file.Path.StartsWith("services/", StringComparison.Ordinal) || file.Path.StartsWith("shared/", StringComparison.Ordinal);

    [GeneratedRegex("^Create(?:Observable)?(?<kind>Counter|Histogram|UpDownCounter|Gauge)$")]
    private static partial Regex Creation();

    [GeneratedRegex(@"^\| `([a-z_.]+)` \| (\w+) \| `([^`]+)` \|")]
    private static partial Regex Row();
}
