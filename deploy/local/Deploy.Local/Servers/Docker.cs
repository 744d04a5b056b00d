using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlignmentMesh.Deploy.Local.Processes;

namespace AlignmentMesh.Deploy.Local.Servers;

/// <summary>One server in a container of a running Docker engine, its ports published on loopback only.</summary>
internal sealed class Docker(string server, string image, string dataPath, Supervision supervision)
{
    private const string VolumeMark = ".volume";
    private readonly string _name = $"alignmentmesh-{server}-{Fingerprint(supervision.Directory)}";

    public static async Task<bool> IsRunningAsync(CancellationToken ct)
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (!paths.Any(path => File.Exists(Path.Combine(path, "docker"))))
            return false;
        using var look = CancellationTokenSource.CreateLinkedTokenSource(ct);
        look.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            await new Launch("docker", ["info"], "/").RunAsync(look.Token);
            return true;
        }
        catch (Exception e) when (e is LocalMeshException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // Not for this user, or an engine that does not answer.
            return false;
        }
    }

    /// <summary>Deletes the data that containers of this directory's mesh kept.</summary>
    public static async Task RemoveVolumesAsync(DataDirectory directory, CancellationToken ct)
    {
        foreach (var mark in Directory.EnumerateFiles(directory.Root, "*" + VolumeMark))
            await new Launch("docker", ["volume", "rm", "--force", Path.GetFileNameWithoutExtension(mark)], "/").RunAsync(ct);
    }

    /// <summary>The container in the foreground. Secrets go by name, so that no command line shows them.</summary>
    public Launch Launch(IReadOnlyList<(int Here, int Inside)> ports, IReadOnlyDictionary<string, string> environment,
        params string[] arguments) =>
        new("docker", ["run", "--rm", "--name", _name, .. Volume(), .. ports.SelectMany(Publish), .. environment.Keys.SelectMany(Pass),
            image, .. arguments], "/")
        {
            Environment = environment,
            AfterKill = ["docker", "rm", "--force", _name],
        };

    /// <summary>Data outlives the container unless the whole directory is temporary.</summary>
    private string[] Volume()
    {
        if (supervision.Directory.IsTemporary)
            return [];
        PrivateFiles.Write(Path.Combine(supervision.Directory.Root, _name + VolumeMark), "");
        return ["-v", $"{_name}:{dataPath}"];
    }

    private static string[] Publish((int Here, int Inside) port) =>
        ["-p", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port.Here}:{port.Inside}")];

    private static string[] Pass(string variable) => ["-e", variable];

    private static string Fingerprint(DataDirectory directory) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory.Root)))[..10];
}
