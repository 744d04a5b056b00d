using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests.Lenses;

public sealed class LensDocumentationTests
{
    [Fact]
    public void Every_lens_is_documented_as_it_describes_itself()
    {
        var rows = Multiverse.All.Select(lens =>
            $"| `{lens.Id}` | {lens.Description} | {lens.ValidFor} | {lens.Certainties} | {lens.OneRater} | {lens.WithoutBounds} |\n");
        Assert.Contains(string.Concat(rows), Page(), StringComparison.Ordinal);
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AlignmentMesh.sln")))
            folder = folder.Parent!;
        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "methods", "aggregation.md"));
    }
}
