using System.Diagnostics;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>A small disk of its own (tmpfs), where this process may mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Null with the reason when it cannot be mounted.</summary>
    public static (SmallDisk? Disk, string Reason) TryMount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("alignmentmesh-disk-").FullName;
        var (code, said) = Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0755", "tmpfs", folder);
        return code == 0 ? (new SmallDisk(folder), "") : (null, said);
    }

    public void Resize(int megabytes)
    {
        var (code, said) = Run("mount", "-o", $"remount,size={megabytes}m", Folder);
        Assert.True(code == 0, said);
    }

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        using var ballast = File.Create(Path.Combine(Folder, "ballast"));
        var piece = new byte[64 * 1024];
        try
        {
            while (true)
            {
                ballast.Write(piece);
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            // That was the last of it.
        }
    }

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static (int Code, string Said) Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, said);
        }
        catch (System.ComponentModel.Win32Exception absent)
        {
            return (-1, absent.Message);
        }
    }
}
