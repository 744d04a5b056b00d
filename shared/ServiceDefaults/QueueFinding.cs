namespace AlignmentMesh.ServiceDefaults;

/// <summary>What the broker says of one queue.</summary>
/// <param name="IsLeaderless">A quorum queue that has no leader: it takes and gives nothing until somebody acts.</param>
public sealed record QueueFinding(bool IsMissing, bool IsLeaderless, long Messages, long Consumers)
{
    public static QueueFinding Missing { get; } = new(true, false, 0, 0);

    public static QueueFinding Leaderless { get; } = new(false, true, 0, 0);

    /// <summary>Nobody gets what is sent to it.</summary>
    public bool IsLost => IsMissing || IsLeaderless || Consumers == 0;
}
