using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests.Wire;

/// <summary>Who publishes which message and who listens: as services/README.md says, and as the compiled code does.</summary>
internal static partial class MessageTable
{
    /// <summary>Rows of the form <c>| `Message` | publishers | listeners |</c>, as sentences.</summary>
    public static IReadOnlyList<string> Documented(SourceFile readme) =>
        [.. (from line in readme.Lines
             let row = Row().Match(line)
             where row.Success
             from sentence in Sentences(row.Groups["message"].Value, row.Groups["publishers"].Value, row.Groups["listeners"].Value)
             select sentence).Order(StringComparer.Ordinal)];

    public static string Publishes(string service, string message) => $"{service} publishes {message}";

    public static string ListensTo(string service, string message) => $"{service} listens to {message}";

    /// <summary><c>RatingIntake</c> is called <c>rating-intake</c> wherever people read it.</summary>
    public static string Kebab(string name) => WordStart().Replace(name, "-").ToLowerInvariant();

    /// <summary>
    /// The types T of all calls <c>Publish&lt;T&gt;</c> in an assembly, inferred ones too: each such call leaves a method
    /// specification in the metadata.
    /// </summary>
    public static IEnumerable<Type> Published(Assembly assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly.Location));
        var count = image.GetMetadataReader().GetTableRowCount(TableIndex.MethodSpec);
        return [.. Enumerable.Range(1, count).Select(row => Resolve(assembly, row)).OfType<MethodBase>()
            .Where(method => method.Name == "Publish")
            .SelectMany(method => method.GetGenericArguments())
            .Distinct()];
    }

    /// <summary>
    /// The types X of all calls <c>Publish(new X(...), ...)</c> in a source: some overloads take an object, and then only the
    /// source names the message.
    /// </summary>
    public static IEnumerable<string> Published(SourceFile file) =>
        from call in file.All<InvocationExpressionSyntax>()
        where call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Publish" }
        let message = call.ArgumentList.Arguments.Select(argument => argument.Expression).FirstOrDefault() as ObjectCreationExpressionSyntax
        where message is not null
        select message.Type.ToString();

    private static MethodBase? Resolve(Assembly assembly, int row)
    {
        try
        {
            return assembly.ManifestModule.ResolveMethod(MetadataTokens.GetToken(MetadataTokens.MethodSpecificationHandle(row)));
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException)
        {
            // The call is inside a generic type and its T is that type's parameter: no message is named here.
            return null;
        }
    }

    private static IEnumerable<string> Sentences(string message, string publishers, string listeners) =>
        Names(publishers).Select(service => Publishes(service, message))
            .Concat(Names(listeners).Select(service => ListensTo(service, message)));

    private static string[] Names(string cell) => cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^\|\s*`(?<message>\w+)`\s*\|(?<publishers>[^|]*)\|(?<listeners>[^|]*)\|\s*$")]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();
}
