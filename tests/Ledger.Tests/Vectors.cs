using System.Text.Json;

namespace AlignmentMesh.Ledger.Tests;

/// <summary>Reference numbers: our own copies beside the tests, third-party ones only where a checkout stands beside them.</summary>
internal static class Vectors
{
    public static JsonElement Own(string file) => Read(Path.Combine(AppContext.BaseDirectory, "Vectors", file));

    /// <summary>Skips the test when no <c>shared/vectors</c> folder is found above the tests.</summary>
    public static JsonElement ThirdParty(string file)
    {
        var path = Above(AppContext.BaseDirectory)
            .Select(folder => Path.Combine(folder, "shared", "vectors", file))
            .FirstOrDefault(File.Exists);
        Skip.If(path is null, $"The third-party vectors are not part of the project: no shared/vectors/{file} above the tests.");
        return Read(path!);
    }

    private static IEnumerable<string> Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(path)).RootElement;
}
