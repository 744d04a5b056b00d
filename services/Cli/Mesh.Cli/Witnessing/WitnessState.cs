using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Witnessing;

/// <summary>The newest checkpoint of a log that was cosigned.</summary>
/// <param name="Log">The log's key, a "vkey".</param>
/// <param name="Root">Base64, as in the checkpoint.</param>
/// <param name="At">When it was cosigned, for people.</param>
internal sealed record SeenCheckpoint(string Origin, string Log, long Size, string Root, string At);

/// <summary>
/// What a witness has cosigned: a file of lines that only grows. A line is on the disk before the signature is given out; a last
/// line without its end was never followed by a signature and is passed over. One process at a time holds the file.
/// </summary>
internal sealed class WitnessState : IDisposable
{
    private readonly FileStream _file;
    private readonly Dictionary<string, SeenCheckpoint> _newest = [];

    /// <exception cref="CommandException">Another process holds the file, or it is no state of a witness.</exception>
    public WitnessState(string path)
    {
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.TryAgain, $"The state '{path}' cannot be held: {e.Message}",
                "Let the other witness process end, then try again.", e);
        }

        Read(path);
    }

    /// <summary>The newest checkpoint of the log that was cosigned, or null.</summary>
    public SeenCheckpoint? Of(string origin) => _newest.GetValueOrDefault(origin);

    /// <summary>Returns when it is on the disk.</summary>
    public void Keep(SeenCheckpoint seen)
    {
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(seen, ContractJson.Options), (byte)'\n']);
        _file.Flush(flushToDisk: true);
        _newest[seen.Origin] = seen;
    }

    public void Dispose() => _file.Dispose();

    private void Read(string path)
    {
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        try
        {
            foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var seen = JsonSerializer.Deserialize<SeenCheckpoint>(line, ContractJson.Options)!;
                _newest[seen.Origin] = seen;
            }
        }
        catch (JsonException damaged)
        {
            _file.Dispose();
            throw CommandException.BadData(
                $"'{path}' is no state of a witness: {damaged.Message}",
                "Do not start anew: a witness that forgot what it cosigned would cosign a fork. Restore the file.", damaged);
        }

        _file.SetLength(whole);
        _file.Position = whole;
    }
}
