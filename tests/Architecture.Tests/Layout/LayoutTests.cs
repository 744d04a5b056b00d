namespace AlignmentMesh.Architecture.Tests.Layout;

/// <summary>The lists here are the rule itself; everything else in these tests is discovered.</summary>
public sealed class LayoutTests
{
    private static readonly string[] Shared = ["Contracts", "EventStore", "Ledger", "Patched.DistributedLock.Postgres", "ServiceDefaults"];

    private static readonly string[] TopLevel =
    [
        "AlignmentMesh.sln", "BannedSymbols.txt", "Directory.Build.props", "Directory.Packages.props", "LICENSE", "README.md",
        "deploy", "docker-compose.yml", "docs", "global.json", "mesh", "services", "shared", "tests",
    ];

    /// <summary>Build output and the like: never committed, named in .gitignore.</summary>
    private static readonly string[] Ignored = ["TestResults", "BenchmarkDotNet.Artifacts", "artifacts"];

    [Fact]
    public void Shared_is_exactly_its_closed_list() =>
        Assert.Equal(
            Shared,
            Repository.Projects.Where(project => project.Area == "shared").Select(project => project.Owner).Order(StringComparer.Ordinal));

    [Fact]
    public void Shared_holds_no_folder_beside_its_projects() =>
        Findings.None(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "shared")).Select(Path.GetFileName).Except(Shared)!);

    [Fact]
    public void The_top_level_holds_nothing_but_what_the_design_names() =>
        Findings.None(
            from path in Directory.EnumerateFileSystemEntries(Repository.Root)
            let name = Path.GetFileName(path)
            where !name.StartsWith('.') && !TopLevel.Contains(name) && !Ignored.Contains(name)
            select $"{name}: does not belong at the top level");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Find("AlignmentMesh.sln")!.Text.Replace('\\', '/');
        Findings.None(
            from project in Repository.Projects
            where !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal)
            select $"{project.Path}: not in AlignmentMesh.sln");
    }

    [Fact]
    public void Domains_reference_only_the_pure_shared_projects_and_mathematics() =>
        Findings.None(Repository.Projects.SelectMany(LayoutRule.Domain));

    [Fact]
    public void Contracts_and_Ledger_depend_on_nothing() => Findings.None(Repository.Projects.SelectMany(LayoutRule.Agreed));

    [Fact]
    public void Services_do_not_reference_each_other() => Findings.None(Repository.Projects.SelectMany(LayoutRule.Services));

    [Fact]
    public void Nothing_that_runs_references_tests_or_scaffolding() => Findings.None(Repository.Projects.SelectMany(LayoutRule.Direction));
}
