namespace AlignmentMesh.Benchmarks.Pipeline.Loading;

/// <summary>One request, in timestamps of the run's clock: when it should have started, when it did, when it was answered.</summary>
/// <param name="Event">The event that recorded it; empty when it failed or changed nothing.</param>
internal readonly record struct Sample(long Intended, long Started, long Ended, Guid Event)
{
    public bool IsAccepted => Event != Guid.Empty;
}
