namespace AlignmentMesh.Deploy.Local.Services;

/// <summary>Finds what the repository's build made, in the configuration this very program was built in.</summary>
public static class BuildOutput
{
    /// <exception cref="LocalMeshException">This program does not run from a checkout.</exception>
    public static string Repository
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "AlignmentMesh.sln")))
                    return folder.FullName;
            }
            throw new LocalMeshException($"No AlignmentMesh.sln above {AppContext.BaseDirectory}: run from a checkout.");
        }
    }

    /// <summary>Debug or Release.</summary>
    public static string Configuration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <exception cref="LocalMeshException">The service has not been built.</exception>
    public static string Dll(MeshService service)
    {
        var path = Path.Combine(
            Repository, "services", service.Folder, service.Project, "bin", Configuration, "net10.0",
                $"AlignmentMesh.{service.Project}.dll");
        return File.Exists(path) ? path : throw new LocalMeshException($"{path} is missing: build the solution first (dotnet build).");
    }
}
