using AlignmentMesh.Deploy.Local.Processes;

namespace AlignmentMesh.Deploy.Local.Servers;

/// <summary>
/// Installs the servers' packages as root. Only their programs are wanted: the system's own services and clusters are
/// neither started, nor created, nor switched on for the next boot.
/// </summary>
internal static class AptInstall
{
    private const string Policy = "/usr/sbin/policy-rc.d";
    private const string NoCluster = "/etc/postgresql-common/createcluster.d/alignmentmesh.conf";
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    /// <summary>A machine that has just been started may be updating itself; a mirror may be away for a moment.</summary>
    private static readonly string[] Patient = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"];

    public static async Task RunAsync(bool postgres, bool rabbitMq, Supervision supervision, CancellationToken ct)
    {
        string[] packages = [.. postgres ? ["postgresql"] : (string[])[], .. rabbitMq ? ["rabbitmq-server"] : (string[])[]];
        supervision.Progress.Report(new MeshStep("packages", PartState.Preparing, $"apt-get install {string.Join(' ', packages)}"));
        var addsPolicy = !File.Exists(Policy);
        try
        {
            if (addsPolicy)
                PrivateFiles.Write(Policy, "#!/bin/sh\nexit 101\n", Executable);
            Directory.CreateDirectory(Path.GetDirectoryName(NoCluster)!);
            File.WriteAllText(NoCluster, "create_main_cluster = false\n");
            await AptGet("update").RunAsync(ct);
            await AptGet(["install", "--yes", "--no-install-recommends", .. packages]).RunAsync(ct);
            if (Directory.Exists("/run/systemd/system"))
                await new Launch("systemctl", ["disable", "--quiet", .. packages], "/").RunAsync(ct);
        }
        finally
        {
            File.Delete(NoCluster);
            if (addsPolicy)
                File.Delete(Policy);
        }
        supervision.Progress.Report(new MeshStep("packages", PartState.Ready, "installed; no system service was started"));
    }

    private static Launch AptGet(params string[] arguments) => new("apt-get", ["-q", .. Patient, .. arguments], "/")
    {
        Environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive", ["LC_ALL"] = "C.UTF-8" },
    };
}
