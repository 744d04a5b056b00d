using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>The envelope of a stored event: what its commitment commits to (design, rule 1).</summary>
public static class Envelopes
{
    /// <param name="actingOrganisation">Who changed the study; of a rating the stream names the organisation.</param>
    public static Envelope For(string stream, long version, string recordedAt, string actingOrganisation, object @event)
    {
        var rater = StreamKeys.RaterOf(stream);
        return new Envelope(
            StreamKeys.StudyOf(stream), stream, version, LedgerEventNames.Of(@event.GetType()), LedgerEventNames.Schema,
            rater?.Organisation ?? actingOrganisation, rater?.Rater, RoundOf(@event), recordedAt,
            JsonSerializer.SerializeToElement(@event, @event.GetType(), ContractJson.Options));
    }

    private static int? RoundOf(object @event) => @event switch
    {
        RoundOpened opened => opened.Round,
        RoundClosed closed => closed.Round,
        RatingsSubmitted submitted => submitted.Round,
        RatingsWithdrawn withdrawn => withdrawn.Round,
        _ => null,
    };
}
