using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>ROHL-1 with one constant changed.</summary>
/// <param name="Constant"><c>rho</c>, <c>s-min</c> or <c>nu</c>.</param>
/// <param name="IsDefault">The variant is the published method itself.</param>
public sealed record PolicyVariant(string Constant, double Value, Rohl1Policy Policy, bool IsDefault);

/// <summary>A cell under a variant; null when nothing was rated.</summary>
public sealed record CellSensitivity(PolicyVariant Variant, Posterior? Posterior);

/// <summary>How much the constants of ROHL-1 that are choices matter: one is changed at a time.</summary>
public static class Sensitivity
{
    private static readonly double[] Rho = [0.2, 0.5, 0.8];
    private static readonly double[] SMin = [0.3, 0.6, 0.9];
    private static readonly int[] Nu = [1, 2, 4];

    /// <summary>Of ROHL-1 as it is: rho 0.2, 0.5, 0.8; least s of an interval 0.3, 0.6, 0.9; nu 1, 2, 4.</summary>
    public static IReadOnlyList<PolicyVariant> Variants { get; } = VariantsOf(Rohl1Policy.Default);

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
    /// <param name="policy">The published method's constants; null: ROHL-1's own.</param>
    public static IReadOnlyList<SensitivityVariant> OfMatrix(
        IReadOnlyList<(Quantity Cell, Rating[] Ratings)> cells, Rohl1Policy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var from = policy ?? Rohl1Policy.Default;
        var published = cells.Select(cell => Rohl1.Pool(cell.Ratings, from)).ToArray();
        return [.. VariantsOf(from).Select(variant => Compare(variant, cells, published))];
    }

    /// <summary>The same of the state's version, as it is published.</summary>
    /// <param name="matrix">The matrix of the state's version.</param>
    public static MatrixSensitivity Of(MatrixState state, ConsensusMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(matrix);
        var variants = OfMatrix([.. state.Cells.Select(cell => (cell, Consensus.Counted(state, cell)))], state.Policy.Rohl1);
        return new(
            matrix.Study, matrix.Label, matrix.Version, matrix.AsOf, matrix.Digest ?? Consensus.DigestOf(matrix),
            Method.Of(Method.Rohl1, state.Policy.Constants), state.Policy.Rohl1.Constants, variants[0].RatedCells, variants);
    }

    private static IReadOnlyList<PolicyVariant> VariantsOf(Rohl1Policy published)
    {
        PolicyVariant Variant(string constant, double value, Rohl1Policy policy) => new(constant, value, policy, policy == published);
        return
        [
            .. Rho.Select(rho => Variant("rho", rho, published with { Rho = rho })),
            .. SMin.Select(least => Variant("s-min", least, published with { SMin = least })),
            .. Nu.Select(nu => Variant("nu", nu, published with { Nu = nu })),
        ];
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
