using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

public sealed class FoldCheckpointsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(256)]
    public void However_long_a_ledger_grows_there_are_few_checkpoints_and_every_version_is_near_one(int page)
    {
        var checkpoints = new FoldCheckpoints();
        const int size = 50_000;
        for (var at = page; at <= size; at += page) checkpoints.Keep(Folded(at));
        var kept = Enumerable.Range(1, size).Select(at => checkpoints.Before("s", at)?.Size ?? 0).ToArray();
        Assert.InRange(kept.Distinct().Count(), FoldCheckpoints.Most / 4, FoldCheckpoints.Most + 1);
        Assert.InRange(kept.Index().Max(pair => pair.Index + 1 - pair.Item), 1, size / FoldCheckpoints.Most * 4);
        Assert.All(kept.Index(), pair => Assert.InRange(pair.Item, 0, pair.Index + 1));
    }

    [Fact]
    public void A_gap_is_filled_by_whoever_folds_through_it_and_clearing_forgets_all()
    {
        var checkpoints = new FoldCheckpoints();
        checkpoints.Keep(Folded(1000));
        Assert.Null(checkpoints.Before("s", 999));
        Assert.True(checkpoints.IsDue("s", 500));
        checkpoints.Keep(Folded(500));
        Assert.False(checkpoints.IsDue("s", 501));
        checkpoints.Keep(Folded(501));
        Assert.Equal((500L, 500L, 1000L), (Before(500), Before(999), Before(2000)));
        Assert.Null(checkpoints.Before("another", 2000));
        checkpoints.Clear();
        Assert.Null(checkpoints.Before("s", 2000));

        long? Before(long version) => checkpoints.Before("s", version)?.Size;
    }

    private static FoldedStudy Folded(long size) => new(MatrixState.Empty("s") with { Next = size }, new CompactRange(), null);
}
