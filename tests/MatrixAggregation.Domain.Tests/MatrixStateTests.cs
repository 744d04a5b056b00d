using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class MatrixStateTests
{
    private static readonly Quantity Cell = new("T1", "M1");
    private static readonly Rating Vulnerable = new("", "", Verdict.Vulnerable);
    private static readonly Rating Tenth = new("", "", null, 0.1);

    [Fact]
    public void A_material_change_makes_earlier_ratings_stale_until_they_are_given_again()
    {
        var script = LedgerScript.Started("open").Submit("o0", "r0", Cell, Vulnerable).Submit("o0", "r0", new("T2", "M1"), Vulnerable)
            .Submit("o0", "r0", new("T1", null), Tenth).Submit("o0", "r0", new(null, "M1"), Tenth)
            .With(LedgerScript.Redefined(Cell, material: true));
        var matrix = script.Late().Matrix();
        Assert.Equal((Status.NoData, 1, null, 0), Of(matrix, Cell));
        Assert.Equal(Status.SingleSource, Of(matrix, new("T2", "M1")).Status);
        Assert.Null(matrix.SafetyTaxes[0].Value);
        Assert.False(matrix.Likelihoods[0].Assumed);

        var again = script.Submit("o0", "r0", Cell, Vulnerable).Late().Matrix();
        Assert.Equal((Status.SingleSource, 0), (Of(again, Cell).Status, Of(again, Cell).Stale));
    }

    [Fact]
    public void Another_wording_changes_no_number()
    {
        var script = LedgerScript.Started("open").Submit("o0", "r0", Cell, Vulnerable);
        var reworded = script.With(LedgerScript.Redefined(Cell, material: false)).Late();
        Assert.Equal(script.Late().DigestOfNumbers(), reworded.DigestOfNumbers());
        Assert.Equal("T1, renamed", reworded.Matrix().Techniques[0].Name);
    }

    [Fact]
    public void An_organisation_that_comes_back_starts_anew()
    {
        var script = LedgerScript.Started("open").Submit("o0", "r0", Cell, Vulnerable).With(new OrganisationRemoved("o0", "left"))
            .With(new OrganisationAdmitted("o0", "back"));
        Assert.Equal(Status.NoData, Of(script.Late().Matrix(), Cell).Status);
        Assert.Equal(Status.SingleSource, Of(script.Submit("o0", "r0", Cell, Vulnerable).Late().Matrix(), Cell).Status);
    }

    [Fact]
    public void Raters_that_are_machines_are_shown_and_not_counted()
    {
        var state = LedgerScript.Started("open").Submit("o0", "r0", Cell, Vulnerable, kind: "ai").Late();
        Assert.Equal((Status.NoData, 0, null, 0), Of(state.Matrix(), Cell));
        Assert.Equal(NotCounted.AiRater, Assert.Single(Lineage.RatingsOf(state, Cell)).NotCountedBecause);
    }

    [Fact]
    public void An_unrated_study_says_what_it_assumes_and_no_other_number()
    {
        var matrix = LedgerScript.Started("open").Late().Matrix();
        Assert.All(matrix.Lenses.SelectMany(lens => lens.Value), cell => Assert.Equal((Status.NoData, null), (cell.Status, cell.Mean)));
        Assert.All(matrix.Likelihoods, one => Assert.Equal((0.1, true), (one.Value, one.Assumed)));
        Assert.All(matrix.SafetyTaxes, one => Assert.Equal((null, true), (one.Value, one.Assumed)));
        Assert.Equal(
            [("T1", "M1"), ("T1", "M2"), ("T2", "M1"), ("T2", "M2")],
            matrix.Lenses["rohl-1"].Select(cell => (cell.Technique, cell.FailureMode)));
    }

    [Fact]
    public void Nothing_goes_on_before_the_openings_of_a_closed_blind_round_are_there()
    {
        var script = LedgerScript.Started("blind").Submit("o0", "r0", Cell, Vulnerable).Submit("o1", "r0", Cell, Vulnerable).Close();
        var state = Enumerable.Range(0, 5).Aggregate(
            MatrixState.Empty(LedgerScript.Study), (known, at) => known.Apply(script.Entries[at].Entry(at, !script.Entries[at].IsBlind)));
        Assert.Equal(1, state.AwaitedOpenings);
        Assert.Throws<InvalidOperationException>(() => state.Matrix());
        Assert.Throws<InvalidOperationException>(() => state.Apply(script.Entries[4].Entry(5)));

        var openings = script.OpeningsOf(1).ToArray();
        var half = state.Open(openings[..1]);
        Assert.Equal(1, half.AwaitedOpenings);
        Assert.Throws<InvalidDataException>(() => half.Open([openings[0] with { Index = 4 }]));
        var whole = half.Open(openings[1..]);
        Assert.Null(whole.AwaitedOpenings);
        Assert.Equal(2, Of(whole.Matrix(), Cell).Organisations);
        Assert.Throws<InvalidOperationException>(() => whole.Open(openings));
    }

    [Fact]
    public void Entries_that_cannot_stand_where_they_are_stop_the_fold()
    {
        var script = LedgerScript.Started("open");
        var (state, rating) = (script.Late(), script.Submit("o0", "r0", Cell, Vulnerable).Entries[^1]);
        Assert.Throws<InvalidOperationException>(() => state.Apply(rating.Entry(3)));
        Assert.Throws<InvalidOperationException>(() => state.Apply(rating.Entry(1)));
        Assert.Throws<InvalidDataException>(() => state.Apply(rating.Entry(2, opened: false)));
        Assert.Throws<InvalidDataException>(() => script.Close().Late().Apply(rating.Entry(3)));
        Assert.Throws<InvalidDataException>(() => state.Apply(script.Entries[0].Entry(2)));
        Assert.Throws<InvalidDataException>(() => MatrixState.Empty(LedgerScript.Study).Apply(script.Entries[1].Entry(0)));
        Assert.Throws<InvalidDataException>(() => state.Apply(Altered(rating, envelope => envelope with { Study = "other" })));
        Assert.Throws<InvalidDataException>(() => state.Apply(Altered(rating, envelope => envelope with { Type = "unheard-of" })));
        Assert.Throws<InvalidDataException>(() => state.Apply(Altered(rating, envelope => envelope with { Schema = 2 })));
        Assert.Throws<InvalidDataException>(() => state.Apply(Altered(rating, envelope => envelope with { Rater = null })));
        Assert.Equal(3, state.Apply(Altered(rating, envelope => envelope with { Type = "personal-data-erased" })).Next);
    }

    [Fact]
    public void The_version_of_a_round_is_the_one_just_after_its_closing() =>
        Assert.Equal([new RoundState(1, "open", 2)], LedgerScript.Started("open").Close().Late().Rounds);

    [Fact]
    public void A_ledger_entry_is_read_with_its_leaf_its_opening_and_its_trace()
    {
        var envelope = LedgerScript.Started("open").Entries[0].Envelope(0);
        var leaf = new Leaf(Guid.Parse("0199c8a2-7d1e-7000-8000-000000000001"), new string('a', 64), "2026-01-01T00:00:00.000000Z");
        var entry = FoldEntry.Read(new(
            0, Encoding.UTF8.GetString(leaf.ToBytes()), new(0, "", Encoding.UTF8.GetString(envelope.ToBytes())),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        Assert.Equal((leaf.EventId, leaf.SequencedAt), (entry.EventId, entry.SequencedAt));
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", entry.TraceId);
        Assert.Equal("study-opened", entry.Envelope!.Type);
        Assert.Equal("A study", MatrixState.Empty(LedgerScript.Study).Apply(entry).Opened!.Title);
        Assert.Null(FoldEntry.Read(new(0, Encoding.UTF8.GetString(leaf.ToBytes()), null, null)).Envelope);
    }

    private static FoldEntry Altered(Written rating, Func<Envelope, Envelope> alter) =>
        rating.Entry(2) with { Envelope = alter(rating.Envelope(2)) };

    private static (string Status, int Stale, double? Mean, int Organisations) Of(ConsensusMatrix matrix, Quantity quantity)
    {
        var cell = matrix.Lenses["rohl-1"].Single(cell => (cell.Technique, cell.FailureMode) == (quantity.Technique, quantity.FailureMode));
        return (cell.Status, cell.Stale, cell.Mean, cell.Organisations);
    }
}
