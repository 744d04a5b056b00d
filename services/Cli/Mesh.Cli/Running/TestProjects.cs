using System.Text.RegularExpressions;
using AlignmentMesh.Deploy.Local;

namespace AlignmentMesh.Mesh.Cli.Running;

/// <summary>A test project's name and the program its build made.</summary>
internal sealed record TestProject(string Name, string Dll);

internal static partial class TestProjects
{
    /// <summary>Every test project the solution lists: one that is not built is a mistake, not a reason to run fewer tests.</summary>
    public static IReadOnlyList<TestProject> Of(string solution, string configuration)
    {
        var root = Path.GetDirectoryName(solution)!;
        var projects = Listed().Matches(File.ReadAllText(solution))
            .Select(match => Path.Combine(root, match.Groups["path"].Value.Replace('\\', '/')))
            .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Folder: Path.GetDirectoryName(path)!))
            .Where(project => project.Name.EndsWith(".Tests", StringComparison.Ordinal))
            .Select(project => new TestProject(
                project.Name, Path.Combine(project.Folder, "bin", configuration, "net10.0", $"AlignmentMesh.{project.Name}.dll")))
            .OrderBy(project => project.Name, StringComparer.Ordinal)
            .ToList();
        foreach (var missing in projects.Where(project => !File.Exists(project.Dll)))
            throw new LocalMeshException($"{missing.Name} is in the solution but has not been built: {missing.Dll} is missing.");
        return projects;
    }

    [GeneratedRegex(@"^Project\(.*?\) = ""[^""]+"", ""(?<path>[^""]+\.csproj)""", RegexOptions.Multiline)]
    private static partial Regex Listed();
}
