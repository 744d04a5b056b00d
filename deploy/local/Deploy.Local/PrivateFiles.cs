using System.Security.Cryptography;

namespace AlignmentMesh.Deploy.Local;

/// <summary>Files only their owner reads.</summary>
public static class PrivateFiles
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnly = ReadWrite | UnixFileMode.UserExecute;

    public static void CreateDirectory(string path, UnixFileMode mode = OwnerOnly)
    {
        Directory.CreateDirectory(path, mode);
        File.SetUnixFileMode(path, mode);
    }

    /// <summary>Replaces the file in one step, so that a reader never sees half of it and never a moment of wider permissions.</summary>
    public static void Write(string path, string text, UnixFileMode mode = ReadWrite)
    {
        var draft = path + ".draft";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode };
        using (var writer = new StreamWriter(draft, options))
            writer.Write(text);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>The password kept in the file, made on first use: 32 letters and digits, 190 bits.</summary>
    public static string Password(string path)
    {
        if (File.Exists(path))
            return File.ReadAllText(path).Trim();
        var password = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 32);
        Write(path, password);
        return password;
    }
}
