namespace AlignmentMesh.RatingIntake.Service.WatchingPositions;

/// <summary>How far each stage behind the event store has come. Numbers and ages only.</summary>
/// <param name="SequencerGap">Sequence numbers from the sequencer's position to the newest event.</param>
/// <param name="SequencerStalled">Age in seconds of the oldest event that the sequencer has not reached.</param>
/// <param name="HighWaterStalled">Age in seconds of the oldest event beyond the daemon's high-water mark.</param>
/// <param name="Skipped">Sequence numbers that the daemon gave up waiting for, since the store began.</param>
/// <param name="PublisherGap">Ledger entries that the broker has not confirmed, of all studies.</param>
internal sealed record Positions(long SequencerGap, double SequencerStalled, double HighWaterStalled, long Skipped, long PublisherGap)
{
    public static Positions None { get; } = new(0, 0, 0, 0, 0);
}
