using System.Diagnostics;
using System.Reflection;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Services;
using Npgsql;

namespace AlignmentMesh.Benchmarks.Pipeline.Reporting;

/// <summary>What exactly was measured.</summary>
internal static class Versions
{
    private static readonly string[] Libraries = ["Marten", "MassTransit", "Npgsql"];

    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(LocalMesh mesh, CancellationToken token)
    {
        var folder = Path.GetDirectoryName(BuildOutput.Dll(MeshService.RatingIntake))!;
        var versions = Libraries.ToDictionary(
            name => name, name => AssemblyName.GetAssemblyName(Path.Combine(folder, name + ".dll")).Version!.ToString(3));
        versions["AlignmentMesh"] = await CommitAsync(token);
        await using var connection = new NpgsqlConnection(mesh.Servers.PostgresAdmin);
        await connection.OpenAsync(token);
        versions["PostgreSQL"] = connection.ServerVersion;
        await using var settings = new NpgsqlCommand(
            """
            select string_agg(name || ' = ' || current_setting(name), ', ' order by name) from pg_settings
            where name in ('fsync', 'synchronous_commit', 'shared_buffers', 'max_wal_size')
            """, connection);
        versions["settings"] = (string)(await settings.ExecuteScalarAsync(token))!;
        return versions;
    }

    private static async Task<string> CommitAsync(CancellationToken token)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", BuildOutput.Repository, "describe", "--always", "--dirty"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var said = await git.StandardOutput.ReadToEndAsync(token);
            await git.WaitForExitAsync(token);
            return git.ExitCode == 0 ? said.Trim() : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // A checkout without git is measured all the same.
            return "unknown";
        }
    }
}
