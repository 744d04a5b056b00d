using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain.Lenses;
using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public sealed class StudyPolicyTests
{
    private static readonly AggregationConstants Own = new(Rho: "0.8", SMin: "0.9", Nu: 4, VulnerableLogit: "2.5");

    private static readonly AggregationPolicyChanged Set = new(Own, "because");

    [Fact]
    public void From_its_entry_on_every_cell_is_pooled_with_the_studys_constants() => LedgerScript.Released.Sample(script =>
    {
        var (before, after) = (script.Late(), script.With(Set).Late());
        var matrix = after.Matrix();
        foreach (var cell in LedgerScript.Quantities.Where(quantity => quantity.IsCell))
        {
            var ratings = NaiveSelection.Counted(script, script.Entries.Count, cell);
            var expected = Rohl1.Pool(ratings, new Rohl1Policy { Rho = 0.8, SMin = 0.9, Nu = 4, VulnerableLogit = 2.5 });
            Assert.Equal(expected?.Mean, Of(matrix, cell).Mean);
            Assert.Equal(expected is null ? null : Verdicts.Name(expected.Value.Verdict), Of(matrix, cell).Verdict);
        }

        Assert.Equal(before.Matrix().Likelihoods, matrix.Likelihoods);
        Assert.Equal(before.Matrix().SafetyTaxes, matrix.SafetyTaxes);
        Assert.Equal(before.Matrix().Lenses[Method.Crisp], matrix.Lenses[Method.Crisp]);
    }, iter: 60);

    [Fact]
    public void What_went_back_to_rohl_1_might_as_well_never_have_changed() => LedgerScript.Released.Sample(script =>
    {
        var never = script.Keep((_, _, _) => true).Entries.Select(entry =>
            entry.Event is AggregationPolicyChanged ? entry with { Event = new OrganisationAdmitted("x", "X") } : entry);
        var back = script.With(Set).With(new AggregationPolicyChanged(new(), "no longer"));
        var plain = new LedgerScript([.. never]).With(new OrganisationAdmitted("x", "X")).With(new OrganisationAdmitted("x", "X"));
        Assert.Equal(plain.Late().Digest(), back.Late().Digest());
    });

    [Fact]
    public void A_matrix_of_a_study_that_never_set_any_has_the_json_it_always_had()
    {
        var script = LedgerScript.Started("open").Submit("o0", "r0", new("T1", "M1"), new("", "", Verdict.Vulnerable));
        string Json(LedgerScript of) =>
            Encoding.UTF8.GetString(CanonicalJson.Serialize(of.Late().Matrix() with { Digest = null }, ContractJson.Options));
        Assert.DoesNotContain("constants", Json(script), StringComparison.Ordinal);
        Assert.Contains(
            "\"constants\":{\"nu\":4,\"rho\":\"0.8\",\"sMin\":\"0.9\",\"vulnerableLogit\":\"2.5\"}", Json(script.With(Set)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_that_is_stated_as_what_it_is_anyway_is_no_other_method()
    {
        var policy = StudyPolicy.Of(new(Rho: "0.5", SigmaWithin: "0.75", SMin: "0.6", Nu: 2, TauScale: "0.5", UncertainLogit: "0"));
        Assert.Equal(StudyPolicy.Standard, policy);
        Assert.Equal(new AggregationConstants(Nu: 1), StudyPolicy.Of(new(Rho: "0.5", Nu: 1)).Constants);
    }

    [Fact]
    public void The_id_of_the_method_names_the_constants_that_are_other()
    {
        Assert.Equal("rohl-1", Method.Of("rohl-1", null));
        Assert.Equal("rohl-1(rho=0.8,sMin=0.9,nu=4,vulnerableLogit=2.5)", Method.Of("rohl-1", Own));
        Assert.Equal("with-ai-raters(nu=1)", Method.Of("with-ai-raters", new(Nu: 1)));
        Assert.Equal("crisp", Method.Of("crisp", Own));
    }

    [Fact]
    public void Lineage_and_analysis_have_the_constants_of_the_matrix()
    {
        var script = LedgerScript.Started("open").With(Set)
            .Submit("o0", "r0", new("T1", "M1"), new("", "", null, 0.9)).Submit("o0", "r1", new("T1", "M1"), new("", "", null, 0.8))
            .Submit("o1", "r0", new("T1", "M1"), new("", "", Verdict.Resistant));
        var state = script.Late();
        var counted = NaiveSelection.Counted(script, script.Entries.Count, new("T1", "M1"));
        var expected = Rohl1.Explain(counted, state.Policy.Rohl1)!.Value;
        Assert.NotEqual(expected.Posterior.Mean, Rohl1.Pool(counted)!.Value.Mean);
        var lineage = Lineage.Of(state, state.Matrix(), "T1", "M1")!;
        Assert.Equal(expected.Parts.Select(part => part.Influence), lineage.Organisations.Select(one => one.Influence));
        Assert.Equal(("rohl-1(rho=0.8,sMin=0.9,nu=4,vulnerableLogit=2.5)", 4), (lineage.Method, lineage.Constants!.Nu));
        Assert.Equal(expected.Posterior, CellAnalysis.OfMatrix(state)[0].Analysis.Headline);
        Assert.Equal(expected.Posterior.Mean, Multiverse.All.Where(lens => lens.Id is Method.Rohl1 or Method.WithAiRaters)
            .Select(lens => LensMatrix.Of(state, lens).Cells[0].Mean!.Value).Distinct().Single());
        Assert.Equal(expected.Posterior.Between, Overview.Of(state, state.Matrix()).Divisive[0].Disagreement.Between);
    }

    [Fact]
    public void A_change_of_the_constants_is_a_cause_of_what_it_moved_under_the_headline_only()
    {
        var script = LedgerScript.Started("open").Submit("o0", "r0", new("T1", "M1"), new("", "", null, 0.9));
        var rated = script.With(Set).Submit("o1", "r0", new("T1", "M2"), new("", "", null, 0.9));
        MatrixDiff Diff(string lens) =>
            Comparison.Of(new(script.Late(), script.Late().Matrix()), new(rated.Late(), rated.Late().Matrix()), lens);
        Assert.Equal([[3L], [3L, 4]], Diff(Method.Rohl1).Cells.Select(cell => cell.Causes));
        Assert.Equal([[4L]], Diff(Method.Crisp).Cells.Select(cell => cell.Causes));
    }

    [Fact]
    public void Sensitivity_varies_one_constant_of_the_studys_own_at_a_time()
    {
        var script = LedgerScript.Started("open").With(Set)
            .Submit("o0", "r0", new("T1", "M1"), new("", "", null, 0.9, 0.88, 0.92))
            .Submit("o0", "r1", new("T1", "M1"), new("", "", null, 0.8))
            .Submit("o1", "r0", new("T1", "M1"), new("", "", Verdict.Resistant));
        var (state, counted) = (script.Late(), NaiveSelection.Counted(script, script.Entries.Count, new("T1", "M1")));
        var table = Sensitivity.Of(state, state.Matrix());
        Assert.Equal(("rohl-1(rho=0.8,sMin=0.9,nu=4,vulnerableLogit=2.5)", 0.8), (table.Method, table.Constants.Rho));
        Assert.Equal([("rho", 0.8), ("s-min", 0.9), ("nu", 4)], table.Variants.Where(one => one.LargestShift == 0).Select(one => (
            one.Constant, one.Value)));
        double MeanUnder(Rohl1Policy policy) => Rohl1.Pool(counted, policy)!.Value.Mean;
        var shift = MeanUnder(state.Policy.Rohl1 with { Nu = 1 }) - MeanUnder(state.Policy.Rohl1);
        Assert.Equal(shift, table.Variants.Single(one => one is { Constant: "nu", Value: 1 }).LargestShift);
    }

    [Theory]
    [InlineData("1.5", "0 to 1")]
    [InlineData("0.50", "0.50")]
    [InlineData("NaN", "NaN")]
    public void An_entry_with_unusable_constants_stops_the_fold(string rho, string says)
    {
        var script = LedgerScript.Started("open").With(new AggregationPolicyChanged(new(Rho: rho), "because"));
        Assert.Contains(says, Assert.Throws<InvalidDataException>(() => script.Late()).Message, StringComparison.Ordinal);
    }

    private static ConsensusCell Of(ConsensusMatrix matrix, Quantity quantity) =>
        matrix.Lenses[Method.Rohl1].Single(cell => (cell.Technique, cell.FailureMode) == (quantity.Technique, quantity.FailureMode));
}
