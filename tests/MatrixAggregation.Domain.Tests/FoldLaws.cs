using AlignmentMesh.Contracts;
using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class FoldLaws
{
    [Fact]
    public void The_fold_counts_what_the_rules_read_off_the_whole_ledger_count() =>
        Gen.Select(LedgerScript.Any, Gen.Int[2, 42]).Sample((script, size) =>
        {
            var state = script.Live(Math.Min(size, script.Entries.Count));
            foreach (var quantity in LedgerScript.Quantities)
                Assert.Equal(NaiveSelection.Counted(script, (int)state.Next, quantity), Consensus.Counted(state, quantity));
        });

    [Fact]
    public void Whoever_folds_early_or_late_gets_the_same_version() =>
        Gen.Select(LedgerScript.Any, Gen.Int[2, 42], Gen.Int[1, 5]).Sample((script, size, openingsAtOnce) =>
        {
            var k = Math.Min(size, script.Entries.Count);
            Assert.Equal(script.Late(k).Digest(), script.Live(k, openingsAtOnce).Digest());
        });

    [Fact]
    public void Revising_page_by_page_equals_computing_the_version_from_nothing() =>
        Gen.Select(LedgerScript.Any, Gen.Int[1, 9].Array[42]).Sample((script, pages) =>
        {
            ConsensusMatrix? matrix = null;
            var size = 1;
            foreach (var page in pages.TakeWhile(_ => size < script.Entries.Count))
            {
                size = Math.Min(size + page, script.Entries.Count);
                matrix = Consensus.Of(script.Late(size), LedgerScript.Root, matrix).Matrix;
                Assert.Equal(script.Live(size).Digest(), matrix.Digest);
            }

            Assert.Equal(script.Entries.Count, matrix!.Version);
        });

    [Fact]
    public void What_is_not_said_to_have_changed_is_unchanged() =>
        Gen.Select(LedgerScript.Any, Gen.Int[1, 9]).Sample((script, back) =>
        {
            var before = script.Late(Math.Max(2, script.Entries.Count - back)).Matrix();
            var revision = Consensus.Of(script.Late(), LedgerScript.Root, before);
            Assert.Equal(
                Named(before).Except(Named(revision.Matrix)).Select(pair => pair.Quantity).Distinct().ToHashSet(), [.. revision.Changed]);
            Assert.Subset(script.Late().TouchedSince(before.Version).ToHashSet(), revision.Changed.ToHashSet());
        });

    [Fact]
    public void What_was_rated_again_might_as_well_never_have_been_sent() => LedgerScript.Released.Sample(script =>
    {
        var last = script.Entries.Index()
            .SelectMany(pair => pair.Item.Quantities.Select(quantity => (Key(pair.Item, quantity), pair.Index)))
            .GroupBy(pair => pair.Item1).ToDictionary(group => group.Key, group => group.Max(pair => pair.Index));
        var without = script.Keep((index, entry, quantity) => last[Key(entry, quantity)] == index);
        Assert.Equal(script.Late().Digest(), without.Late().Digest());
    });

    [Fact]
    public void What_was_withdrawn_might_as_well_never_have_been_sent() => LedgerScript.Released.Sample(script =>
    {
        var withdrawn = script.Entries.Index().Where(pair => pair.Item.Event is RatingsWithdrawn)
            .SelectMany(pair => pair.Item.Quantities.Select(quantity => (Key(pair.Item, quantity), pair.Index)))
            .GroupBy(pair => pair.Item1).ToDictionary(group => group.Key, group => group.Max(pair => pair.Index));
        var without = script.Keep((index, entry, quantity) => withdrawn.GetValueOrDefault(Key(entry, quantity), -1) < index);
        Assert.Equal(script.Late().Digest(), without.Late().Digest());
    });

    [Fact]
    public void A_removed_organisation_might_as_well_never_have_rated() => LedgerScript.Released.Sample(script =>
    {
        var removed = script.With(new OrganisationRemoved("o1", "left"));
        Assert.Equal(removed.Late().Digest(), removed.Keep((_, entry, _) => entry.Organisation != "o1").Late().Digest());
    });

    [Fact]
    public void An_unreleased_blind_round_might_as_well_be_empty_and_a_released_one_open() => LedgerScript.Any.Sample(script =>
    {
        var rated = script.Close().With(new RoundOpened(99, "blind"))
            .Submit("o0", "r0", new("T1", "M1"), new("", "", Verdict.Vulnerable))
            .Submit("o1", "r0", new("T1", "M2"), new("", "", null, 0.2))
            .Withdraw("o0", "r0", new("T2", "M1"));
        var empty = new LedgerScript(rated.Entries.RemoveAll(entry => entry.Round == 99 && entry.Event is not RoundOpened));
        Assert.Equal(empty.Late().DigestOfNumbers(), rated.Live().DigestOfNumbers());

        var open = new LedgerScript([.. rated.Close().Entries.Select(entry => entry with { Event = Opened(entry.Event) })]);
        Assert.Equal(open.Late().Digest(), rated.Close().Live().Digest());
    });

    [Fact]
    public void A_rating_changes_its_own_quantity_only() =>
        Gen.Select(LedgerScript.Released, Ratings.Judgement, Gen.Int[0, 5]).Sample((script, judgement, at) =>
        {
            var before = script.With(new RoundOpened(99, "open"));
            var after = before.Submit("o2", "new", LedgerScript.Quantities[at], judgement);
            Assert.Equal([LedgerScript.Quantities[at]], Consensus.Of(after.Late(), LedgerScript.Root, before.Late().Matrix()).Changed);
        });

    private static object Opened(object @event) => @event switch
    {
        RoundOpened opened => opened with { Mode = "open" },
        RatingsSubmitted submitted => submitted with { Blind = false },
        RatingsWithdrawn withdrawn => withdrawn with { Blind = false },
        _ => @event,
    };

    private static (string?, string?, Quantity) Key(Written entry, Quantity quantity) => (entry.Organisation, entry.Rater, quantity);

    private static IEnumerable<(Quantity Quantity, object Value)> Named(ConsensusMatrix matrix) =>
        matrix.Lenses.SelectMany(lens => lens.Value.Select(cell => (new Quantity(cell.Technique, cell.FailureMode), (object)cell)))
            .Concat(matrix.Likelihoods.Select(one => (new Quantity(null, one.Id), (object)one)))
            .Concat(matrix.SafetyTaxes.Select(one => (new Quantity(one.Id, null), (object)one)));
}
