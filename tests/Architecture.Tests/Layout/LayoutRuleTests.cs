namespace AlignmentMesh.Architecture.Tests.Layout;

public sealed class LayoutRuleTests
{
    [Fact]
    public void A_domain_with_a_package_a_framework_and_a_service_is_found_three_times() =>
        Assert.Equal(3, LayoutRule.Domain(Parse("services/A/A.Domain/A.Domain.csproj",
            """<PackageReference Include="Marten" />""",
            """<FrameworkReference Include="Microsoft.AspNetCore.App" />""",
            """<ProjectReference Include="../../../shared/EventStore/EventStore.csproj" />""")).Count());

    [Fact]
    public void A_domain_with_contracts_ledger_and_mathematics_is_accepted() =>
        Assert.Empty(LayoutRule.Domain(Parse("services/A/A.Domain/A.Domain.csproj",
            """<PackageReference Include="MathNet.Numerics" />""",
            """<ProjectReference Include="../../../shared/Contracts/Contracts.csproj" />""",
            """<ProjectReference Include="..\..\..\shared\Ledger\Ledger.csproj" />""")));

    [Fact]
    public void A_domain_on_the_web_sdk_is_found() =>
        Assert.Single(LayoutRule.Domain(Parse("services/A/A.Domain/A.Domain.csproj") with { Sdk = "Microsoft.NET.Sdk.Web" }));

    [Fact]
    public void A_package_in_contracts_is_found() =>
        Assert.Single(LayoutRule.Agreed(Parse("shared/Contracts/Contracts.csproj", """<PackageReference Include="MassTransit" />""")));

    [Theory]
    [InlineData("services/A/A.Service/A.Service.csproj", 1)]
    [InlineData("shared/EventStore/EventStore.csproj", 1)]
    [InlineData("services/Cli/Mesh.Cli/Mesh.Cli.csproj", 0)]
    [InlineData("tests/B.Domain.Tests/x/B.Domain.Tests.csproj", 0)]
    [InlineData("services/B/B.Service/B.Service.csproj", 0)]
    public void Only_tests_the_command_line_and_the_service_itself_may_reference_a_service(string path, int findings)
    {
        var up = string.Concat(Enumerable.Repeat("../", path.Count(letter => letter == '/')));
        var project = Parse(path, $"""<ProjectReference Include="{up}services/B/B.Domain/B.Domain.csproj" />""");

        Assert.Equal(findings, LayoutRule.Services(project).Count());
    }

    [Fact]
    public void A_service_that_references_scaffolding_is_found() =>
        Assert.Single(LayoutRule.Direction(Parse("services/A/A.Service/A.Service.csproj",
            """<ProjectReference Include="../../../deploy/local/Deploy.Local/Deploy.Local.csproj" />""")));

    private static ProjectFile Parse(string path, params string[] items) =>
        ProjectFile.Parse(
            new SourceFile(path, $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{string.Concat(items)}</ItemGroup></Project>"""));
}
