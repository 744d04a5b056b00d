using System.Text.Json;
using System.Text.Json.Serialization;
using AlignmentMesh.Deploy.Local.Processes;

namespace AlignmentMesh.Deploy.Local;

/// <summary>One part of a running mesh as others see it.</summary>
public sealed record PartStatus(string Name, PartState State, string Detail, Uri? Address, DateTimeOffset Since);

/// <summary>What the mesh of a data directory says about itself; kept up to date in run/status.json while it runs.</summary>
public sealed record MeshStatus(ProcessIdentity? Supervisor, IReadOnlyList<PartStatus> Parts)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Null when no mesh runs on the directory.</summary>
    public static MeshStatus? Read(DataDirectory directory)
    {
        var path = StatusFile.PathIn(directory);
        if (!File.Exists(path))
            return null;
        var status = JsonSerializer.Deserialize<MeshStatus>(File.ReadAllText(path), Json);
        return status is { Supervisor.IsAlive: true } && DirectoryLock.IsTaken(directory) ? status : null;
    }

    /// <summary>Asks the running mesh to stop, and waits until its directory is free. False when it is not within the limit.</summary>
    public async Task<bool> StopAsync(DataDirectory directory, TimeSpan limit, TimeProvider clock, CancellationToken ct)
    {
        if (Supervisor is not { IsAlive: true } supervisor)
            return true;
        var begun = clock.GetTimestamp();
        Posix.Signal(supervisor.ProcessId, supervisor.StopSignal);
        while (supervisor.IsAlive && DirectoryLock.IsTaken(directory))
        {
            if (clock.GetElapsedTime(begun) > limit)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, ct);
        }
        return true;
    }
}
