namespace AlignmentMesh.Deploy.Local;

public enum PartState
{
    Stopped,
    Preparing,
    Starting,
    Ready,
    Restarting,
    Stopping,
    Failed,
}

/// <summary>One line of progress: a server or service and what it is doing.</summary>
public sealed record MeshStep(string Part, PartState State, string Detail);
