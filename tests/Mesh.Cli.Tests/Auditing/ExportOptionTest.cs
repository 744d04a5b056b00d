using System.Text.Json;
using AlignmentMesh.Mesh.Cli.Auditing;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary>What one option of <c>mesh audit export</c> adds to a bundle, on a mesh of the test's own.</summary>
/// <param name="option">The option.</param>
/// <param name="file">The file that it adds.</param>
/// <param name="warning">What is said of a bundle that has it.</param>
/// <param name="unsaid">What is not said of one without.</param>
public abstract class ExportOptionTest(string option, string file, string warning, string unsaid) : IAsyncLifetime
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory().FullName;

    protected string Bundle => Path.Combine(Folder, "audited.zip");

    /// <summary>Where the same is exported without the option.</summary>
    protected string Plain => Path.Combine(Folder, "plain.zip");

    private protected FakeMesh Audited { get; private set; } = null!;

    public async Task InitializeAsync() => Audited = await StartAsync();

    public async Task DisposeAsync()
    {
        await Audited.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private protected abstract Task<FakeMesh> StartAsync();

    private protected Task<Ran> ExportAsync(string path, params string[] more) =>
        Audited.RunAsync(["audit", "export", "audited", "-o", path, .. more]);

    /// <summary>Exports with the option and without: a warning and one file are all that differs.</summary>
    /// <returns>What the file says.</returns>
    private protected async Task<string> RequireOnlyAddsAsync()
    {
        var exported = await ExportAsync(Bundle, option);
        Assert.True(exported.Code == 0, exported.Error);
        Assert.Contains(warning, exported.Error);
        Assert.DoesNotContain(unsaid, (await ExportAsync(Plain)).Error);
        var (with, without) = (Repacking.Files(Bundle), Repacking.Files(Plain));
        Assert.Equal([file], with.Keys.Except(without.Keys));
        foreach (var name in without.Keys.Where(name => name != BundleFormat.Manifest)) Assert.Equal(without[name], with[name]);
        return with[file];
    }

    /// <summary>How one check of a bundle came out.</summary>
    private protected static async Task<(Ran Ran, JsonElement Check)> CheckAsync(string path, string name)
    {
        var ran = await Mesh.RunAsync("audit", "verify", path, "--json");
        return (ran, ran.Json.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("check").GetString() == name));
    }
}
