using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public sealed class FeedbackTests
{
    private static readonly Quantity Cell = new("T1", "M1");
    private static readonly Dictionary<string, string> Texts = new() { ["ha"] = "b, of a", ["hb"] = "a, of b", ["hc"] = "of c" };

    private static readonly LedgerScript First = LedgerScript.Started("open")
        .Submit("o0", "a", Cell, new("", "", null, 0.1)).Submit("o0", "b", Cell, new("", "", null, 0.4))
        .Submit("o1", "c", Cell, new("", "", Verdict.Vulnerable)).Submit("o1", "c", new(null, "M1"), new("", "", null, 0.2)).Close();

    // a moves almost to the median of the others, d is new, b and c leave their answers as they are, c rates another cell.
    private static readonly LedgerScript Second = First.With(new RoundOpened(2, "blind"))
        .Submit("o0", "a", Cell, new("", "", null, 0.6)).Submit("o2", "d", Cell, new("", "", null, 0.5))
        .Submit("o1", "c", new("T2", "M2"), new("", "", Verdict.Resistant)).Close();

    [Fact]
    public void A_cell_shows_the_answers_of_each_organisation_in_order_of_size_and_nobodys_name()
    {
        var feedback = Of(First);
        Assert.Equal((1, "open", First.Entries.Count, null), (feedback.Round, feedback.Mode, (int)feedback.Version, feedback.EarlierRound));
        Assert.Equal([("T1", "M1"), (null, "M1")], feedback.Quantities.Select(one => (one.Technique, one.FailureMode)));
        var cell = feedback.Quantities[0];
        Assert.Equal([("o0", 0.25, 1, 1, 0), ("o1", 0.85, 0, 0, 1)], cell.Organisations.Select(Summary));
        Assert.Equal([0.1, 0.4], cell.Organisations[0].Answers);
        var state = First.Late();
        Assert.Equal(state.Matrix().Lenses[Method.Rohl1][0].Mean, cell.Consensus);
        Assert.Equal(CellDisagreement.Of(Consensus.Counted(state, Cell))!.Value.Figures, cell.Disagreement);
        Assert.Equal((null, null), (cell.Own, cell.Change));

        var likelihood = feedback.Quantities[1];
        Assert.Equal((0.2, 0.2, 0.2, null, null), (
            likelihood.Consensus, likelihood.Lower, likelihood.Upper, likelihood.Verdict, likelihood.Disagreement));
        Assert.Equal(("o1", 0.2, 0, 0, 0), Summary(Assert.Single(likelihood.Organisations)));
    }

    [Fact]
    public void A_later_round_tells_the_change_since_the_one_before()
    {
        var cell = Of(Second, First).Quantities[0];
        var (before, after) = (Consensus.Counted(First.Late(), Cell), Consensus.Counted(Second.Late(), Cell));
        var expected = RoundChange.Of(before, after);
        Assert.Equal((expected.Shift, expected.TotalRatio, expected.Herding), (
            cell.Change!.Shift, cell.Change.TotalRatio, cell.Change.Herding));
        Assert.Equal((0.5 + 0.85 + 0.5) / 3 - (0.25 + 0.85) / 2, cell.Change.Shift!.Value, 1e-12);
        Assert.Empty(cell.Change.Undefined);

        var newly = Of(Second, First).Quantities.Single(one => (one.Technique, one.FailureMode) == ("T2", "M2"));
        Assert.Equal(
            [("herding", "too_few_raters"), ("shift", "no_data"), ("totalRatio", "no_data")],
            newly.Change!.Undefined.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(1, Of(Second, First).EarlierRound);
    }

    [Fact]
    public void A_rater_finds_the_own_answers_also_where_they_do_not_count()
    {
        var mine = Of(Second, First, new StudyRater(LedgerScript.Study, "o0", "b", "human"));
        var answer = mine.Quantities[0].Own!;
        Assert.Equal((1, "0.4", null), (answer.Round, answer.Best, answer.NotCountedBecause));
        Assert.Equal(Of(Second, First).Quantities.Select(one => one.Consensus), mine.Quantities.Select(one => one.Consensus));

        var script = LedgerScript.Started("open").Submit("o0", "model", new("T1", "M2"), new("", "", null, 0.7), kind: "ai").Close();
        var own = Assert.Single(Of(script, rater: new StudyRater(LedgerScript.Study, "o0", "model", "ai")).Quantities);
        Assert.Equal((NotCounted.AiRater, 0), (own.Own!.NotCountedBecause, own.Organisations.Count));
        Assert.Empty(Of(script).Quantities);
        Assert.Null(Of(Second, First, new StudyRater(LedgerScript.Study, "o1", "b", "human")).Quantities[0].Own);
    }

    [Fact]
    public void What_was_withdrawn_is_nobodys_answer()
    {
        var script = LedgerScript.Started("open").Submit("o0", "a", Cell, new("", "", null, 0.1)).Withdraw("o0", "a", Cell).Close();
        Assert.Empty(Of(script, rater: new StudyRater(LedgerScript.Study, "o0", "a", "human")).Quantities);
    }

    [Fact]
    public void Rationales_of_the_round_stand_without_names_in_the_order_of_their_words_and_ones_own_apart()
    {
        var script = LedgerScript.Started("open").With(Said("a-hash", 0.3), "o0", "old").Close().With(new RoundOpened(2, "open"))
            .With(Said("ha", 0.1), "o0", "a").With(Said("hb", 0.2), "o1", "b").With(Said("hc", 0.2), "o1", "c")
            .With(Said("erased", 0.2), "o2", "d").With(new OrganisationRemoved("o3", "left")).Close();
        var known = new Dictionary<string, string>(Texts) { ["a-hash"] = "of round 1" };
        var earlier = script.Late(4);
        RoundFeedback For(StudyRater? rater) => Feedback.Of(script.Late(), script.Late().Matrix(), earlier, rater, known);
        Assert.Equal(["a, of b", "b, of a", "of c"], For(null).Quantities[0].Rationales);

        var mine = For(new StudyRater(LedgerScript.Study, "o1", "b", "human")).Quantities[0];
        Assert.Equal(["b, of a", "of c"], mine.Rationales);
        Assert.Equal("a, of b", mine.Own!.Rationale);
        Assert.Null(For(new StudyRater(LedgerScript.Study, "o2", "d", "human")).Quantities[0].Own!.Rationale);

        var old = new StudyRater(LedgerScript.Study, "o0", "old", "human");
        Assert.Equal("of round 1", For(old).Quantities[0].Own!.Rationale);
        Assert.Equal([1, 2], Feedback.Reasoned(script.Late(), 2, old));
        Assert.Equal([2], Feedback.Reasoned(script.Late(), 2, null));
    }

    [Fact]
    public void Only_a_version_that_closes_a_round_has_feedback()
    {
        var after = First.With(new RoundOpened(2, "open")).Late();
        Assert.Throws<ArgumentException>(() => Feedback.Of(after, after.Matrix(), null, null, Texts));
        Assert.Throws<ArgumentException>(() => Feedback.Of(First.Late(), after.Matrix(), null, null, Texts));
    }

    private static RatingsSubmitted Said(string hash, double best) =>
        new(hash == "a-hash" ? 1 : 2, false, "human", [new("T1", "M1", Best: Ledger.Decimals.Format((decimal)best), RationaleHash: hash)]);

    private static (string, double, int, int, int) Summary(OrganisationAnswers one) =>
        (one.Organisation, Math.Round(one.Median, 12), one.Resistant, one.Uncertain, one.Vulnerable);

    private static RoundFeedback Of(LedgerScript script, LedgerScript? earlier = null, StudyRater? rater = null) =>
        Feedback.Of(script.Late(), script.Late().Matrix(), earlier?.Late(), rater, Texts);
}
