using AlignmentMesh.Contracts;

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

    /// <summary>A matrix under each variant, compared with the published method.</summary>
    /// <param name="cells">The counted ratings of each cell, in pooling order.</param>
    public static IReadOnlyList<SensitivityVariant> OfMatrix(IReadOnlyList<(Quantity Cell, Rating[] Ratings)> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var published = cells.Select(cell => Rohl1.Pool(cell.Ratings)).ToArray();
        return [.. Variants.Select(variant => Compare(variant, cells, published))];
    }

    /// <summary>The same of the state's version, as it is published.</summary>
    /// <param name="matrix">The matrix of the state's version.</param>
    public static MatrixSensitivity Of(MatrixState state, ConsensusMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(matrix);
        var variants = OfMatrix([.. state.Cells.Select(cell => (cell, Consensus.Counted(state, cell)))]);
        return new(
            matrix.Study, matrix.Label, matrix.Version, matrix.AsOf, matrix.Digest ?? Consensus.DigestOf(matrix), Method.Rohl1,
            Rohl1Policy.Default.Constants, variants[0].RatedCells, variants);
    }

    private static SensitivityVariant Compare(
        PolicyVariant variant, IReadOnlyList<(Quantity Cell, Rating[] Ratings)> cells, Posterior?[] published)
    {
        var (rated, largest, changes) = (0, 0.0, new List<VerdictChange>());
        Quantity? at = null;
        for (var i = 0; i < cells.Count; i++)
        {
            var (cell, ratings) = cells[i];
            if (published[i] is not { } before || Under(variant, ratings, before) is not { } after)
                continue;
            rated++;
            if (after.Verdict != before.Verdict)
                changes.Add(new(
                    cell.Technique!, cell.FailureMode!, Verdicts.Name(before.Verdict), Verdicts.Name(after.Verdict), before.Mean,
                    after.Mean));
            var shift = after.Mean - before.Mean;
            if (Math.Abs(shift) > Math.Abs(largest))
                (largest, at) = (shift, cell);
        }

        return new(
            variant.Constant, variant.Value, variant.IsDefault, rated, changes.Count, largest, at?.Technique, at?.FailureMode, changes);
    }

    private static Posterior? Under(PolicyVariant variant, ReadOnlySpan<Rating> ratings, Posterior? published) =>
        variant.IsDefault ? published : Rohl1.Pool(ratings, variant.Policy);
}
