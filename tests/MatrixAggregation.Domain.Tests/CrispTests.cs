namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class CrispTests
{
    [Fact]
    public void Organisations_weigh_alike_however_many_raters_they_have()
    {
        var crisp = Crisp.Pool(
        [
            new("A", "a1", Verdict.Vulnerable), new("A", "a2", Verdict.Vulnerable), new("A", "a3", Verdict.Uncertain),
            new("B", "b", Verdict.Resistant),
        ])!.Value;
        Assert.Equal(2.5 / 3 / 2, crisp.Mean, 1e-15);
        Assert.Equal((4, 2, Verdict.Uncertain), (crisp.Raters, crisp.Organisations, crisp.Verdict));
        Assert.Equal(Status.Contested, crisp.Status);
    }

    [Fact]
    public void A_number_counts_as_the_verdict_it_reads_as() =>
        Assert.Equal(1, Crisp.Pool([new("A", "a", null, 0.67)])!.Value.Mean);

    [Fact]
    public void The_stated_verdict_goes_before_the_number() =>
        Assert.Equal(0, Crisp.Pool([new("A", "a", Verdict.Resistant, 0.67)])!.Value.Mean);

    [Fact]
    public void Nothing_rated_is_no_number() => Assert.Null(Crisp.Pool([]));

    [Fact]
    public void One_organisation_is_a_single_source_and_agreeing_ones_are_ok()
    {
        Assert.Equal(Status.SingleSource, Crisp.Pool([new("A", "a", Verdict.Resistant)])!.Value.Status);
        Assert.Equal(Status.Ok, Crisp.Pool([new("A", "a", Verdict.Resistant), new("B", "b", Verdict.Resistant)])!.Value.Status);
    }
}
