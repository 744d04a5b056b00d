using AlignmentMesh.Tests;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

/// <summary>Data of others as ratings.</summary>
internal static class ThirdParty
{
    /// <summary>The 25 known-outcome claims of aggreCAT: five groups of five experts, two rounds.</summary>
    /// <returns>The ratings of a round by claim, in the order of the file, each in pooling order.</returns>
    public static IReadOnlyList<(string Claim, Rating[] Ratings)> Sips(int round) =>
    [
        .. from one in KnownData.Sips()
           where one.Round == $"round_{round}"
           let rating = new Rating(one.Group, one.Reader, null, Share(one.Best), Share(one.Lower), Share(one.Upper))
           group rating by one.Id into claim
           select (claim.Key, Rating.InOrder(claim)),
    ];

    private static double Share(decimal percent) => (double)percent / 100;
}
