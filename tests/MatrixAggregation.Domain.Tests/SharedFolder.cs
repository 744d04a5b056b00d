namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

/// <summary>Third parties' data lies beside the repository and is never part of it.</summary>
internal static class SharedFolder
{
    /// <returns>The file's full path, or null where it is not.</returns>
    public static string? Find(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AlignmentMesh.sln")))
                return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", file)) is var path && File.Exists(path) ? path : null;
        }

        return null;
    }
}
