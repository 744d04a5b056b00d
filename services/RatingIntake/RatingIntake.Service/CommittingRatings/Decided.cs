using System.Security.Cryptography;
using AlignmentMesh.EventStore;
using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Domain;
using JasperFx.Events;

namespace AlignmentMesh.RatingIntake.Service.CommittingRatings;

/// <summary>
/// An event with all that is fixed when it is decided. Salt, time and acting organisation travel in its headers; with them
/// the envelope, and so the commitment, can be rebuilt from the stored event at any later time.
/// </summary>
/// <param name="Commitment">What its leaf will carry, in hex.</param>
internal sealed record Decided(
    object Event, Guid Id, string Commitment, string Salt, string RecordedAt, string Organisation, string? Traceparent)
{
    private const string SaltHeader = "salt";
    private const string RecordedAtHeader = "recorded-at";
    private const string ActingHeader = "acting-organisation";

    /// <summary>Fixes an event that will be <paramref name="version"/> of its stream.</summary>
    public static Decided Now(object @event, string stream, long version, string organisation, DateTimeOffset now, string? traceparent)
    {
        var salt = RandomNumberGenerator.GetBytes(Ledger.Commitment.SaltSize);
        var recordedAt = Timestamps.Format(now);
        var envelope = Envelopes.For(stream, version, recordedAt, organisation, @event).ToBytes();
        var commitment = Convert.ToHexStringLower(Ledger.Commitment.Of(salt, envelope));
        return new Decided(
            @event, Guid.CreateVersion7(now), commitment, Convert.ToBase64String(salt), recordedAt, organisation, traceparent);
    }

    public void CopyTo(IEvent appended)
    {
        appended.Id = Id;
        appended.SetHeader(SaltHeader, Salt);
        appended.SetHeader(RecordedAtHeader, RecordedAt);
        appended.SetHeader(ActingHeader, Organisation);
        StoredTrace.Stamp(appended, Traceparent);
    }

    public static byte[] SaltOf(IEvent stored) => Convert.FromBase64String(Header(stored, SaltHeader));

    public static Envelope EnvelopeOf(IEvent stored) =>
        Envelopes.For(stored.StreamKey!, stored.Version, Header(stored, RecordedAtHeader), Header(stored, ActingHeader), stored.Data);

    private static string Header(IEvent stored, string name) =>
        stored.GetHeader(name)?.ToString() ?? throw new InvalidDataException($"Event {stored.Id} was stored without its header '{name}'.");
}
