namespace AlignmentMesh.Architecture.Tests.Purity;

public sealed class PurityTests
{
    private static readonly string[] SharedPure = ["Contracts", "Ledger"];

    [Fact]
    public void Every_service_domain_has_been_found() =>
        Assert.True(Pure().Count(project => project.IsDomain) >= 3, "the three services have a domain each: discovery is broken");

    [Fact]
    public void Domains_contracts_and_ledger_use_nothing_impure() =>
        Findings.None(Pure().SelectMany(project =>
        {
            using var assembly = File.OpenRead(Compiled.PathOf(project));
            return PurityRule.Check(project.Name, assembly);
        }));

    private static IEnumerable<ProjectFile> Pure() =>
        Repository.Projects.Where(project => project.IsDomain || (project.Area == "shared" && SharedPure.Contains(project.Name)));
}
