using System.CommandLine;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>Options that several auditing commands take, and the files they name.</summary>
internal static class AuditOptions
{
    private const int LongestFile = 1024 * 1024;

    public static Option<string?> Policy(string what) => new("--policy")
    {
        Description = $"Witness policy (C2SP tlog-policy): whose signatures count, {what}",
        HelpName = "FILE",
    };

    public static Option<string?> Earlier(string what) => new("--against")
    {
        Description = $"Signed checkpoint that you kept from earlier, {what}",
        HelpName = "FILE",
    };

    /// <exception cref="CommandException">The file cannot be read, or is no policy.</exception>
    public static async Task<WitnessPolicy?> ReadPolicyAsync(Shell shell, string? path, CancellationToken ct)
    {
        if (await ReadTextAsync(shell, path, ct) is not { } text) return null;
        try
        {
            return WitnessPolicy.Parse(text);
        }
        catch (FormatException malformed)
        {
            throw CommandException.BadData(
                $"'{path}' is no witness policy: {malformed.Message}", "docs/operations/auditing.md shows one.", malformed);
        }
    }

    public static async Task<string?> ReadTextAsync(Shell shell, string? path, CancellationToken ct) =>
        path is null ? null : await InputFile.ReadAsync(shell, path, ct);

    /// <summary>A small file, byte for byte.</summary>
    /// <exception cref="CommandException">It cannot be read, or is too long.</exception>
    public static byte[]? ReadBytes(string? path)
    {
        if (path is null) return null;
        try
        {
            return new FileInfo(path).Length <= LongestFile
                ? File.ReadAllBytes(path)
                : throw CommandException.BadData($"'{path}' is longer than {LongestFile} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.BadUsage($"'{path}' cannot be read: {e.Message}", "Name a file that exists and that you may read.", e);
        }
    }
}
