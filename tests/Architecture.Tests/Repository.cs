namespace AlignmentMesh.Architecture.Tests;

/// <summary>The working copy these tests were built from: where it is, and what it holds apart from build output.</summary>
internal static class Repository
{
    private static readonly HashSet<string> NotOurs =
        ["bin", "obj", "artifacts", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Directories that start with a dot are tools' own, except the ones that are committed.</summary>
    private static readonly HashSet<string> CommittedDotDirectories = [".ci", ".github"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every text file, by its path relative to the root with forward slashes.</summary>
    public static IReadOnlyList<SourceFile> TextFiles { get; } =
        [.. Walk(Root).Order(StringComparer.Ordinal).Select(Read).Where(file => !file.Text.Contains('\0', StringComparison.Ordinal))];

    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. TextFiles.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))];

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. TextFiles.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(ProjectFile.Parse)];

    /// <summary>The sources of one project.</summary>
    public static IEnumerable<SourceFile> SourcesOf(ProjectFile project) =>
        Sources.Where(file => file.Path.StartsWith(project.Directory + "/", StringComparison.Ordinal));

    public static SourceFile? Find(string path) => TextFiles.SingleOrDefault(file => file.Path == path);

    private static SourceFile Read(string path) =>
        new(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path));

    private static IEnumerable<string> Walk(string directory) =>
        Directory.EnumerateFiles(directory).Concat(Directory.EnumerateDirectories(directory).Where(IsOurs).SelectMany(Walk));

    private static bool IsOurs(string directory)
    {
        var name = Path.GetFileName(directory);
        return name.StartsWith('.') ? CommittedDotDirectories.Contains(name) : !NotOurs.Contains(name);
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "AlignmentMesh.sln")))
            directory = directory.Parent;

        return directory?.FullName
            ?? throw new InvalidOperationException(
                $"No AlignmentMesh.sln above {AppContext.BaseDirectory}: run the tests from a working copy.");
    }
}
