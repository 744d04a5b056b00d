namespace AlignmentMesh.Deploy.Local.Processes;

/// <summary>What all supervised parts of one mesh share.</summary>
internal sealed record Supervision(DataDirectory Directory, RunRecord Record, IProgress<MeshStep> Progress, TimeProvider Clock)
{
    public static Supervision For(DataDirectory directory, IProgress<MeshStep>? progress) =>
        new(directory, new RunRecord(directory), progress ?? new Silence(), TimeProvider.System);

    public RestartPolicy Restarts { get; init; } = RestartPolicy.Default;

    /// <summary>How long a part may take to become ready.</summary>
    public TimeSpan ReadyLimit { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a part may take to stop when asked, before it is killed.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(20);

    private sealed class Silence : IProgress<MeshStep>
    {
        public void Report(MeshStep value)
        {
        }
    }
}
