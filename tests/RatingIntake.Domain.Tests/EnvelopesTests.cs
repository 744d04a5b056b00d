using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

public class EnvelopesTests
{
    private const string At = "2026-03-01T09:30:00.000000Z";

    private static readonly string StudyStream = StreamKeys.Study("s");
    private static readonly string RaterStream = StreamKeys.Assessment("s", "acme", "r1");

    private static Envelope Of(string stream, object @event) => Envelopes.For(stream, 7, At, "owner", @event);

    [Fact]
    public void The_envelope_of_a_rating_names_its_organisation_rater_and_round() =>
        Assert.Equal(
            """
            {"data":{"blind":false,"items":[{"best":"0.25","failureMode":"COLL","technique":"RLHF"}],"raterKind":"human","round":1,
            "studyVersion":3},"organisation":"acme","rater":"r1","recordedAt":"2026-03-01T09:30:00.000000Z","round":1,"schema":1,
            "stream":"assessment/s/acme/r1","study":"s","type":"ratings-submitted","version":7}
            """.Replace("\n", "", StringComparison.Ordinal),
            Encoding.UTF8.GetString(Of(RaterStream, Samples.Submitted(Samples.Rated)).ToBytes()));

    [Fact]
    public void The_envelope_of_a_withdrawal_names_its_round() =>
        Assert.Equal(2, Of(RaterStream, new RatingsWithdrawn(2, true, [new("RLHF", null)])).Round);

    [Fact]
    public void The_envelope_of_a_study_event_names_who_acted_and_no_rater()
    {
        var envelope = Of(StudyStream, Samples.Admitted);
        Assert.Equal(("s", "study/s", 7L, "organisation-admitted"), (envelope.Study, envelope.Stream, envelope.Version, envelope.Type));
        Assert.Equal(("owner", null, null), (envelope.Organisation, envelope.Rater, envelope.Round));
    }

    [Fact]
    public void Only_the_opening_and_closing_of_a_round_carry_a_round_among_study_events()
    {
        Assert.Equal(3, Of(StudyStream, new RoundOpened(3, "open")).Round);
        Assert.Equal(3, Of(StudyStream, new RoundClosed(3)).Round);
        CatalogueChanged changed = new("technique", "a", "b", "c", true, "d");
        AggregationPolicyChanged policy = new(new(Rho: "0.3"), "a");
        object[] others = [Samples.Opened, Samples.Removed, new StudyClosed("x"), changed, policy];
        Assert.All(others, other => Assert.Null(Of(StudyStream, other).Round));
    }

    [Fact]
    public void An_envelope_survives_its_strict_reader()
    {
        var bytes = Of(StudyStream, Samples.Opened).ToBytes();
        Assert.Equal(bytes, Envelope.Parse(bytes).ToBytes());
    }

    [Fact]
    public void A_stream_key_tells_its_study_and_rater()
    {
        Assert.Equal(("study/s", "assessment/s/acme/r1"), (StudyStream, RaterStream));
        Assert.Equal(("s", "s"), (StreamKeys.StudyOf(StudyStream), StreamKeys.StudyOf(RaterStream)));
        Assert.Equal(("acme", "r1"), StreamKeys.RaterOf(RaterStream));
        Assert.Null(StreamKeys.RaterOf(StudyStream));
    }

    [Theory]
    [InlineData("")]
    [InlineData("study")]
    [InlineData("matrix/s")]
    [InlineData("study/s/x")]
    [InlineData("assessment/s/acme")]
    public void Any_other_stream_has_no_study(string stream) => Assert.Throws<FormatException>(() => StreamKeys.StudyOf(stream));

    [Theory]
    [InlineData(RefusalReason.BoundsOutOfOrder, "bounds-out-of-order")]
    [InlineData(RefusalReason.NoItems, "no-items")]
    [InlineData(RefusalReason.UnknownFailureMode, "unknown-failure-mode")]
    public void A_reason_becomes_a_slug_in_kebab_case(RefusalReason reason, string slug) => Assert.Equal(slug, Refusal.Slug(reason));

    [Fact]
    public void A_long_value_is_shortened_in_a_refusal_and_stays_well_formed()
    {
        var value = Refusal.Of(RefusalReason.TextTooLong, "title", new string('x', 79) + "😂 and more", "less").Value!;
        Assert.Equal(new string('x', 79) + "...", value);
    }
}
