using AlignmentMesh.Deploy.Local.Processes;
using AlignmentMesh.Deploy.Local.Services;

namespace AlignmentMesh.Deploy.Local;

/// <summary>How a mesh on one machine departs from the usual one.</summary>
public sealed record LocalMeshOptions
{
    /// <summary>The services to run, in the order they start.</summary>
    public IReadOnlyList<MeshService> Services { get; init; } = MeshService.WithSigner;

    /// <summary>Where a service's program is.</summary>
    public Func<MeshService, string> Dll { get; init; } = BuildOutput.Dll;

    /// <summary>Further environment variables by service name; they win over the usual ones.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Environment { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>
    /// Last word on an instance's environment, given its name and everything it would be told: for tests that put something
    /// between a service and its servers.
    /// </summary>
    public Action<string, Dictionary<string, string>>? Rewire { get; init; }

    /// <summary>Start servers of our own even where MESH_POSTGRES and MESH_RABBITMQ give others.</summary>
    public bool OnlyPrivateServers { get; init; }

    public RestartPolicy Restarts { get; init; } = RestartPolicy.Default;

    public TimeSpan ReadyLimit { get; init; } = TimeSpan.FromSeconds(90);

    public IProgress<MeshStep>? Progress { get; init; }
}
