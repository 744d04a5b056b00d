namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>ROHL-1 with one constant changed.</summary>
/// <param name="Constant"><c>rho</c>, <c>s-min</c> or <c>nu</c>.</param>
public sealed record PolicyVariant(string Constant, double Value, Rohl1Policy Policy)
{
    /// <summary>The variant is the published method itself.</summary>
    public bool IsDefault => Policy == Rohl1Policy.Default;
}

/// <summary>A cell under a variant; null when nothing was rated.</summary>
public sealed record CellSensitivity(PolicyVariant Variant, Posterior? Posterior);

/// <summary>A matrix under a variant, compared with the published method.</summary>
/// <param name="Rated">Cells with ratings.</param>
/// <param name="ChangedVerdicts">How many of them get another verdict.</param>
/// <param name="LargestShift">The mean that moves furthest: by how much, with its sign; 0 without rated cells.</param>
/// <param name="At">Index of that cell; null when none moves.</param>
public sealed record MatrixSensitivity(PolicyVariant Variant, int Rated, int ChangedVerdicts, double LargestShift, int? At);

/// <summary>How much the constants of ROHL-1 that are choices matter: one is changed at a time.</summary>
public static class Sensitivity
{
    /// <summary>rho 0.2, 0.5, 0.8; least s of an interval 0.3, 0.6, 0.9; nu 1, 2, 4.</summary>
    public static IReadOnlyList<PolicyVariant> Variants { get; } =
    [
        .. new[] { 0.2, 0.5, 0.8 }.Select(rho => new PolicyVariant("rho", rho, new() { Rho = rho })),
        .. new[] { 0.3, 0.6, 0.9 }.Select(least => new PolicyVariant("s-min", least, new() { SMin = least })),
        .. new[] { 1, 2, 4 }.Select(nu => new PolicyVariant("nu", nu, new() { Nu = nu })),
    ];

    /// <param name="ratings">One per rater, ascending by organisation and rater.</param>
    public static IReadOnlyList<CellSensitivity> OfCell(ReadOnlySpan<Rating> ratings)
    {
        var published = Rohl1.Pool(ratings);
        var rows = new List<CellSensitivity>(Variants.Count);
        foreach (var variant in Variants)
            rows.Add(new(variant, Under(variant, ratings, published)));
        return rows;
    }

    /// <param name="cells">The counted ratings of each cell, in pooling order.</param>
    public static IReadOnlyList<MatrixSensitivity> OfMatrix(IReadOnlyList<Rating[]> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var published = cells.Select(cell => Rohl1.Pool(cell)).ToArray();
        return [.. Variants.Select(variant => Compare(variant, cells, published))];
    }

    private static MatrixSensitivity Compare(PolicyVariant variant, IReadOnlyList<Rating[]> cells, Posterior?[] published)
    {
        var (rated, changed, largest) = (0, 0, 0.0);
        int? at = null;
        for (var i = 0; i < cells.Count; i++)
        {
            if (published[i] is not { } before || Under(variant, cells[i], published[i]) is not { } after)
                continue;
            rated++;
            changed += after.Verdict != before.Verdict ? 1 : 0;
            var shift = after.Mean - before.Mean;
            if (Math.Abs(shift) > Math.Abs(largest))
                (largest, at) = (shift, i);
        }

        return new(variant, rated, changed, largest, at);
    }

    private static Posterior? Under(PolicyVariant variant, ReadOnlySpan<Rating> ratings, Posterior? published) =>
        variant.IsDefault ? published : Rohl1.Pool(ratings, variant.Policy);
}
