namespace AlignmentMesh.Tests;

/// <summary>Third parties' data lies in a folder beside a checkout and is never part of the project.</summary>
internal static class SharedFolder
{
    /// <summary>The file's full path. Skips the test where it is not there.</summary>
    public static string Find(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", file) is var path && File.Exists(path)) return path;
        throw new SkipException($"Third-party data is not part of the project: no shared/{file} above the tests.");
    }
}
