using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlignmentMesh.CheckpointSigning.Domain;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using Microsoft.Extensions.Options;

namespace AlignmentMesh.CheckpointSigning.Service.SigningCheckpoints;

/// <summary>
/// The signer's memory: of each study a file with what was signed last, replaced in one step, and one with the hash of every
/// leaf that was seen. Both are on disk before a checkpoint leaves the process, so that no crash makes it sign two trees.
/// </summary>
internal sealed partial class StateFolder : IDisposable
{
    private const int Hash = Merkle.HashSize;

    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly ConcurrentDictionary<string, SigningState> _states = new();

    private sealed record Stored(string Study, int Epoch, long Size, IReadOnlyList<string> Frontier, string? Note, SigningRefusal? Refusal);

    /// <exception cref="IOException">Another signer works in the folder.</exception>
    /// <exception cref="InvalidDataException">What is kept there does not fit together.</exception>
    public StateFolder(IOptions<SigningOptions> options)
    {
        _folder = Directory.CreateDirectory(
            options.Value.StateFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        _lock = new FileStream(Path.Combine(_folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        foreach (var file in Directory.EnumerateFiles(_folder, "*.json"))
        {
            var state = Read(file);
            _states[state.Kept.Study] = state;
        }
    }

    public IReadOnlyCollection<SigningState> All => [.. _states.Values];

    public SigningState Of(string study) => _states.GetValueOrDefault(study) ?? SigningState.Nothing(study);

    /// <summary>Keeps a state whose ledger has these leaves beyond what was kept; of a new epoch they are all of its leaves.</summary>
    public void Keep(SigningState state, IReadOnlyList<byte[]> newLeafHashes)
    {
        var (kept, leaves) = (state.Kept, LeavesOf(state.Kept));
        if (!StudyId().IsMatch(kept.Study)) throw new InvalidDataException($"'{kept.Study}' is no study's id.");
        using (var file = new FileStream(leaves, FileMode.OpenOrCreate, FileAccess.Write))
        {
            // What a crash left behind the kept size was never signed.
            file.SetLength((kept.Size - newLeafHashes.Count) * Hash);
            file.Seek(0, SeekOrigin.End);
            foreach (var leafHash in newLeafHashes) file.Write(leafHash);
            file.Flush(flushToDisk: true);
        }

        var stored = new Stored(
            kept.Study, kept.Epoch, kept.Size, [.. kept.Frontier.Select(Convert.ToHexStringLower)], state.Note, state.Refusal);
        var path = Path.Combine(_folder, kept.Study + ".json");
        using (var draft = new FileStream(path + ".draft", FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(draft, stored, ContractJson.Options);
            draft.Flush(flushToDisk: true);
        }

        File.Move(path + ".draft", path, overwrite: true);
        FlushFolder();
        _states[kept.Study] = state;
    }

    /// <summary>Hashes of all leaves that were seen, in order.</summary>
    public IReadOnlyList<byte[]> LeafHashesOf(KeptLedger kept)
    {
        if (kept.Size == 0) return [];
        var bytes = File.ReadAllBytes(LeavesOf(kept));
        if (bytes.LongLength < kept.Size * Hash) throw new InvalidDataException($"{LeavesOf(kept)} lacks leaves that were signed.");
        return [.. Enumerable.Range(0, (int)kept.Size).Select(index => bytes[(index * Hash)..((index + 1) * Hash)])];
    }

    public void Dispose() => _lock.Dispose();

    private SigningState Read(string file)
    {
        var stored = JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(file), ContractJson.Options)!;
        var kept = new KeptLedger(stored.Study, stored.Epoch, stored.Size, [.. stored.Frontier.Select(Convert.FromHexString)]);
        var replayed = KeptLedger.Nothing(kept.Study).With(LeafHashesOf(kept));
        return replayed.Root.AsSpan().SequenceEqual(kept.Root)
            ? new SigningState(kept, stored.Note, stored.Refusal)
            : throw new InvalidDataException($"{file} and its leaves are not of one ledger. Put the folder back from its own backup.");
    }

    private string LeavesOf(KeptLedger kept) => Path.Combine(_folder, FormattableString.Invariant($"{kept.Study}.{kept.Epoch}.leaves"));

    /// <summary>A renamed file is safe from a power cut only once its folder is on disk, which .NET has no door to.</summary>
    private void FlushFolder()
    {
        var handle = Open(_folder, 0);
        if (handle < 0) throw new IOException($"{_folder} cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (Sync(handle) != 0) throw new IOException($"{_folder} cannot be flushed (error {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true,
        CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Close(int handle);

    [GeneratedRegex("^[a-z0-9-]{1,64}$")]
    private static partial Regex StudyId();
}
