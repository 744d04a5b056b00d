using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class LatinHypercubeTests
{
    [Fact]
    public void Every_stratum_is_used_exactly_once_in_every_dimension() =>
        Gen.Select(Gen.Long[0, RiskDraws.LargestSeed], Gen.Int[0, 500], Gen.Int[1, 300]).Sample((seed, dimension, draws) =>
            Assert.Equal(Enumerable.Range(0, draws), Permutation(seed, dimension, draws).Order()));

    [Fact]
    public void The_permutation_is_the_documented_shuffle_written_with_plain_128_bit_products() =>
        Gen.Select(Gen.Long[0, RiskDraws.LargestSeed], Gen.Int[0, 500], Gen.Int[1, 300]).Sample((seed, dimension, draws) =>
        {
            var expected = Enumerable.Range(0, draws).ToArray();
            for (var (k, word) = (draws - 1, 0); k > 0; k--, word++)
            {
                var block = Philox.Of(new Philox.Words((ulong)word / 4, (ulong)dimension, 0, 0), (ulong)seed, 0);
                var other = (int)((UInt128)block[word % 4] * (ulong)(k + 1) >> 64);
                (expected[k], expected[other]) = (expected[other], expected[k]);
            }

            Assert.Equal(expected, Permutation(seed, dimension, draws));
        });

    [Fact]
    public void These_permutations_never_change()
    {
        // From a program of its own, in another language.
        Assert.Equal([0], Permutation(1, 0, 1));
        Assert.Equal("10 8 4 3 6 0 5 2 1 11 7 9", string.Join(' ', Permutation(1, 0, 12)));
        Assert.Equal("10 3 0 6 1 11 9 2 4 7 5 8", string.Join(' ', Permutation(1, 1, 12)));
        Assert.Equal("8 6 10 9 3 7 2 4 5 11 0 1", string.Join(' ', Permutation(RiskDraws.LargestSeed, 3, 12)));
    }

    [Fact]
    public void Over_many_dimensions_every_place_meets_every_stratum_equally_often()
    {
        const int Draws = 10, Dimensions = 20_000;
        var counts = new int[Draws, Draws];
        for (var dimension = 0; dimension < Dimensions; dimension++)
        {
            var strata = Permutation(3, dimension, Draws);
            for (var k = 0; k < Draws; k++) counts[k, strata[k]]++;
        }

        // Binomial with mean 2000 and standard deviation 42: five of them.
        foreach (var count in counts) Assert.InRange(count, 2000 - 212, 2000 + 212);
    }

    private static int[] Permutation(long seed, int dimension, int draws)
    {
        var strata = new int[draws];
        LatinHypercube.Permute(seed, dimension, strata);
        return strata;
    }
}
