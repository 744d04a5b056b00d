using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>Files that a command takes; <c>-</c> is standard input.</summary>
internal static class InputFile
{
    public const string StandardInput = "-";

    public static async Task<string> ReadAsync(Shell shell, string path, CancellationToken ct)
    {
        try
        {
            return path == StandardInput ? await shell.In.ReadToEndAsync(ct) : await File.ReadAllTextAsync(path, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.BadUsage($"'{path}' cannot be read: {e.Message}", "Name a file that exists and that you may read.", e);
        }
    }

    /// <summary>The JSON file as a <typeparamref name="T"/>.</summary>
    /// <param name="shape">What the file should look like, for the message.</param>
    public static async Task<T> ReadJsonAsync<T>(Shell shell, string path, string shape, CancellationToken ct)
    {
        var text = await ReadAsync(shell, path, ct);
        try
        {
            return JsonSerializer.Deserialize<T>(text, ContractJson.Options) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException e)
        {
            throw CommandException.BadData($"'{path}' is not as expected: {e.Message}", $"The file should look like {shape}", e);
        }
    }
}
