namespace AlignmentMesh.Architecture.Tests.Documents;

public sealed class DocumentTests
{
    [Fact]
    public void Readme_and_decisions_are_short() => Findings.None(Repository.TextFiles, DocumentRule.Length);

    [Fact]
    public void Decisions_are_numbered_without_gaps_and_listed()
    {
        var files = Repository.TextFiles.Where(file => file.Path.StartsWith("docs/adr/", StringComparison.Ordinal)).ToList();
        var names = files.Select(file => Path.GetFileName(file.Path)).Where(name => name != "README.md").ToList();

        Assert.NotEmpty(names);
        Findings.None(DocumentRule.Decisions(names, files.Single(file => file.Path == "docs/adr/README.md").Text));
    }

    [Fact]
    public void Every_relative_link_leads_somewhere() =>
        Findings.None(Repository.TextFiles, file => DocumentRule.Links(file, path => Path.Exists(Path.Combine(Repository.Root, path))));

    [Theory]
    [InlineData("README.md", 150, 0)]
    [InlineData("README.md", 151, 1)]
    [InlineData("docs/adr/0001-a.md", 40, 0)]
    [InlineData("docs/adr/0001-a.md", 41, 1)]
    [InlineData("docs/methods/rohl-1.md", 900, 0)]
    public void A_document_that_is_too_long_is_found(string path, int lines, int findings) =>
        Assert.Equal(findings, Findings.In(DocumentRule.Length, string.Concat(Enumerable.Repeat("x\n", lines)), path).Count);

    [Theory]
    [InlineData("0001-a.md 0002-b.md", "[1](0001-a.md) [2](0002-b.md)", 0)]
    [InlineData("0001-a.md 0003-c.md", "[1](0001-a.md) [3](0003-c.md)", 1)]
    [InlineData("0001-a.md 0001-b.md", "[1](0001-a.md) [1](0001-b.md)", 1)]
    [InlineData("0001-a.md notes.md", "[1](0001-a.md) [2](notes.md)", 1)]
    [InlineData("0001-a.md 0002-b.md", "[1](0001-a.md)", 1)]
    [InlineData("0001-a.md", "[1](0001-a.md) [2](0002-b.md)", 1)]
    public void A_gap_a_repeat_and_a_missing_entry_are_found(string names, string index, int findings) =>
        Assert.Equal(findings, DocumentRule.Decisions(names.Split(' '), index).Count());

    [Theory]
    [InlineData("[a](b.md#part)", 1)]
    [InlineData("[a](there.md) [b](https://example.org/x) [c](#part)", 0)]
    public void A_link_that_leads_nowhere_is_found(string text, int findings) =>
        Assert.Equal(findings, DocumentRule.Links(new SourceFile("docs/x.md", text), path => path == "docs/there.md").Count());
}
