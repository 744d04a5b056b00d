using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;
using JasperFx.Events;

namespace AlignmentMesh.RatingIntake.Service.SequencingLedger;

/// <summary>One entry as it is stored.</summary>
internal sealed record LedgerRow(
    string Study, long Index, Guid EventId, long Sequence, string Type, int? Round, bool Blind, byte[] Leaf, byte[] Nodes, byte[] Salt,
    byte[] Envelope, string? Traceparent)
{
    /// <summary>Gives a stored event its place in the ledger. Everything but place and time was fixed when it was decided.</summary>
    public static LedgerRow From(IEvent @event, CompactRange range, string sequencedAt)
    {
        var salt = Decided.SaltOf(@event);
        var envelope = Decided.EnvelopeOf(@event);
        var bytes = envelope.ToBytes();
        var leaf = new Leaf(@event.Id, Convert.ToHexStringLower(Commitment.Of(salt, bytes)), sequencedAt).ToBytes();
        var index = range.Size;
        return new LedgerRow(
            envelope.Study, index, @event.Id, @event.Sequence, envelope.Type, envelope.Round, IsBlind(@event.Data), leaf,
            range.Append(Merkle.LeafHash(leaf)), salt, bytes, StoredTrace.Of(@event));
    }

    private static bool IsBlind(object data) => data is RatingsSubmitted { Blind: true } or RatingsWithdrawn { Blind: true };
}
