using AlignmentMesh.Mesh.Cli.Running;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class TestChoiceTests
{
    [Theory]
    [InlineData(null, false, "Length!=Long")]
    [InlineData("Fault", false, "FullyQualifiedName~Fault&Length!=Long")]
    [InlineData("Fault", true, "FullyQualifiedName~Fault")]
    public void Long_tests_are_run_only_when_asked_for(string? name, bool longToo, string filter) =>
        Assert.Equal(["--filter", filter], TestChoice.Of(name, longToo).Arguments);

    [Fact]
    public void All_tests_need_no_filter() => Assert.Empty(TestChoice.Of(null, longToo: true).Arguments);
}
