using System.Reflection;

namespace AlignmentMesh.Architecture.Tests;

/// <summary>The assemblies of the repository's projects, as this test project was built with them.</summary>
internal static class Compiled
{
    public static string PathOf(ProjectFile project) => Path.Combine(AppContext.BaseDirectory, $"{project.Assembly}.dll");

    public static Assembly Load(ProjectFile project) => Assembly.LoadFrom(PathOf(project));

    /// <summary>Projects below <c>services/</c>, each with its loaded types.</summary>
    public static IEnumerable<(ProjectFile Project, IReadOnlyList<Type> Types)> Services() =>
        from project in Repository.Projects
        where project.Area == "services"
        select (project, (IReadOnlyList<Type>)Load(project).GetTypes());
}
