using System.Text.Json;
using AlignmentMesh.Deploy.Local.Processes;

namespace AlignmentMesh.Deploy.Local;

/// <summary>Passes progress on, and keeps the state of every part in run/status.json for `mesh status` to read.</summary>
internal sealed class StatusFile(DataDirectory directory, IProgress<MeshStep>? next) : IProgress<MeshStep>
{
    private readonly Lock _lock = new();
    private readonly ProcessIdentity? _supervisor = ProcessIdentity.Of("mesh", Environment.ProcessId, Posix.Terminate);
    private readonly Dictionary<string, PartStatus> _parts = [];
    private readonly TimeProvider _clock = TimeProvider.System;

    public IReadOnlyDictionary<string, Uri> Addresses { get; set; } = new Dictionary<string, Uri>();

    public static string PathIn(DataDirectory directory) => Path.Combine(directory.Run, "status.json");

    public void Report(MeshStep value)
    {
        lock (_lock)
        {
            var address = Addresses.GetValueOrDefault(value.Part);
            _parts[value.Part] = new PartStatus(value.Part, value.State, value.Detail, address, _clock.GetUtcNow());
            PrivateFiles.Write(
                PathIn(directory), JsonSerializer.Serialize(new MeshStatus(_supervisor, [.. _parts.Values]), MeshStatus.Json));
        }
        next?.Report(value);
    }
}
