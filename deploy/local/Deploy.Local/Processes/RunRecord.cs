using System.Text.Json;

namespace AlignmentMesh.Deploy.Local.Processes;

/// <summary>
/// Which processes this data directory's mesh started,
/// kept on disk so that the next one can clear away what a killed one left.
/// </summary>
internal sealed class RunRecord
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly List<ProcessIdentity> _processes = [];

    public RunRecord(DataDirectory directory) => _path = Path.Combine(directory.Run, "processes.json");

    public void Add(ProcessIdentity process)
    {
        lock (_lock)
        {
            _processes.Add(process);
            Save();
        }
    }

    public void Remove(int processId)
    {
        lock (_lock)
        {
            _processes.RemoveAll(process => process.ProcessId == processId);
            Save();
        }
    }

    /// <summary>Stops what is left of an earlier run: first asked, then killed. Returns the parts that were still there.</summary>
    public async Task<IReadOnlyList<string>> ClearLeftoversAsync(TimeSpan patience, TimeProvider clock, CancellationToken ct)
    {
        var left = Read().Where(process => process.IsAlive).ToList();
        foreach (var process in left)
            Posix.Signal(process.ProcessId, process.StopSignal);
        var deadline = clock.GetTimestamp();
        while (left.Any(process => process.IsAlive) && clock.GetElapsedTime(deadline) < patience)
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, ct);
        foreach (var process in left.Where(process => process.IsAlive))
            Posix.Signal(-process.ProcessId, Posix.Kill);
        File.Delete(_path);
        return [.. left.Select(process => process.Part)];
    }

    /// <summary>What the record on disk names.</summary>
    public IReadOnlyList<ProcessIdentity> Read()
    {
        if (!File.Exists(_path))
            return [];
        try
        {
            return JsonSerializer.Deserialize<List<ProcessIdentity>>(File.ReadAllText(_path)) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private void Save() => PrivateFiles.Write(_path, JsonSerializer.Serialize(_processes));
}
