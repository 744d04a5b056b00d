using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AlignmentMesh.Architecture.Tests.Purity;

public sealed class PurityRuleTests
{
    [Theory]
    [InlineData("System.IO.File.ReadAllText(\"x\")", "System.IO.File")]
    [InlineData("new System.Net.Http.HttpClient()", "System.Net.Http.HttpClient")]
    [InlineData("new System.Random(1).Next()", "System.Random")]
    [InlineData("System.TimeProvider.System.GetUtcNow()", "System.TimeProvider")]
    [InlineData("System.Math.FusedMultiplyAdd(1, 2, 3)", "FusedMultiplyAdd")]
    [InlineData("System.Environment.MachineName", "System.Environment")]
    [InlineData("System.Linq.ParallelEnumerable.Range(0, 9)", "System.Linq.ParallelEnumerable")]
    [InlineData("System.Numerics.Vector<double>.Count", "System.Numerics.Vector")]
    [InlineData("Xunit.Record.Exception(() => { })", "assembly xunit.core")]
    public void An_impure_expression_is_found(string expression, string named) =>
        Assert.Contains(Check(expression), finding => finding.Contains(named, StringComparison.Ordinal));

    [Theory]
    [InlineData("System.Math.Exp(1)")]
    [InlineData("System.Security.Cryptography.SHA256.HashData(System.Array.Empty<byte>())")]
    [InlineData("System.Linq.Enumerable.Sum(Doubles())")]
    public void A_pure_expression_is_accepted(string expression) => Assert.Empty(Check(expression));

    private static IReadOnlyList<string> Check(string expression)
    {
        var source = $$"""
            public static class Snippet
            {
                public static object Value() => {{expression}};
                public static System.Collections.Generic.IEnumerable<double> Doubles() { yield return 1; }
            }
            """;
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Snippet", [CSharpSyntaxTree.ParseText(source)], platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));

        image.Position = 0;
        return [.. PurityRule.Check("Snippet", image)];
    }
}
