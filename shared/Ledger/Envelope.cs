using System.Text.Json;

namespace AlignmentMesh.Ledger;

/// <summary>What one ledger entry says: the preimage of its commitment. Exactly these ten keys, in canonical JSON.</summary>
/// <param name="Stream">The event stream the event was appended to.</param>
/// <param name="Version">The event's position in that stream, from 1.</param>
/// <param name="Type">The event's stored name.</param>
/// <param name="Schema">Version of the event's shape.</param>
/// <param name="Organisation">The organisation that acted, or null.</param>
/// <param name="Rater">Random id of the rater, or null where no rater acted.</param>
/// <param name="Round">The round it belongs to, or null.</param>
/// <param name="RecordedAt">See <see cref="Timestamps"/>.</param>
/// <param name="Data">The event, a JSON object.</param>
public sealed record Envelope(
    string Study, string Stream, long Version, string Type, int Schema, string? Organisation, string? Rater, int? Round,
    string RecordedAt, JsonElement Data)
{
    /// <summary>Canonical JSON with all ten keys; an absent value is written as null.</summary>
    /// <exception cref="JsonException">A text is not well-formed Unicode.</exception>
    public byte[] ToBytes() => CanonicalJson.Serialize(this, LedgerJson.Options);

    /// <summary>Reads exactly what <see cref="ToBytes"/> writes.</summary>
    /// <exception cref="FormatException">Another spelling, a missing or extra key, a value of the wrong kind.</exception>
    public static Envelope Parse(ReadOnlySpan<byte> bytes)
    {
        var envelope = LedgerJson.Read<Envelope>(bytes, "envelope");
        if (envelope.Data.ValueKind != JsonValueKind.Object)
            throw new FormatException($"The envelope's data is {envelope.Data.ValueKind}; allowed is an object.");
        Timestamps.Parse(envelope.RecordedAt);
        LedgerJson.RequireCanonical(bytes, envelope.ToBytes(), "envelope");
        return envelope;
    }
}
