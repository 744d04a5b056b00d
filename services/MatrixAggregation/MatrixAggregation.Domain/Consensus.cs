using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>A version's matrix, and what is new in it.</summary>
/// <param name="Changed">
/// Quantities whose published consensus differs from that of the previous matrix under any lens; without one, every quantity.
/// Cells first, techniques outer; then likelihoods, then safety taxes.
/// </param>
public sealed record Revision(ConsensusMatrix Matrix, IReadOnlyList<Quantity> Changed);

/// <summary>The published numbers as a pure function of a folded ledger.</summary>
public static class Consensus
{
    /// <summary>The matrix of the state's version. It has the same bits with and without <paramref name="previous"/>.</summary>
    /// <param name="root">Hex root of the ledger at that size.</param>
    /// <param name="previous">The matrix of an earlier version of the same ledger: quantities untouched since keep its numbers.</param>
    /// <exception cref="InvalidOperationException">The study is not opened yet, or the openings of a closed round are missing.</exception>
    /// <exception cref="ArgumentException">The previous matrix is of another study or of a later version.</exception>
    public static Revision Of(MatrixState state, string root, ConsensusMatrix? previous = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Opened is not { } study)
            throw new InvalidOperationException($"study '{state.Study}' is not opened in the first {state.Next} entries");
        if (state.AwaitedOpenings is { } round)
            throw new InvalidOperationException($"version {state.Next} needs the openings of round {round}");
        if (previous is not null && (previous.Study != state.Study || previous.Version > state.Next))
            throw new ArgumentException(
                $"{previous.Study} {previous.Version} does not come before {state.Study} {state.Next}", nameof(previous));
        var known = new Known(previous, previous is null ? null : state.TouchedSince(previous.Version));
        var matrix = new ConsensusMatrix(
            state.Study, study.Label, state.Next, root, state.AsOf, state.Techniques, state.FailureModes, study.Catalogue.Portfolios,
            [.. state.FailureModes.Select(mode => known.Likelihood(mode.Id) ?? Likelihood(state, mode.Id))],
            [.. state.Techniques.Select(technique => known.SafetyTax(technique.Id) ?? SafetyTax(state, technique.Id))],
            Method.Lenses.ToDictionary(lens => lens, lens => (IReadOnlyList<ConsensusCell>)Cells(state, lens, known)),
            Digest: null, state.Policy.Constants);
        return new(matrix with { Digest = DigestOf(matrix) }, [.. known.ChangedIn(matrix)]);
    }

    /// <summary>Hex SHA-256 of the matrix's canonical JSON with the digest left out.</summary>
    public static string DigestOf(ConsensusMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(matrix with { Digest = null }, ContractJson.Options)));
    }

    /// <summary>The ratings of the quantity that count, in pooling order.</summary>
    internal static Rating[] Counted(MatrixState state, Quantity quantity) =>
        [.. state.JudgementsOf(quantity).Where(one => state.NotCountedBecause(quantity, one) is null).Select(one => one.Rating!)];

    /// <summary>The same with the ratings that do not count for the one reason that AI raters gave them; null without such.</summary>
    internal static Rating[]? CountedWithAiRaters(MatrixState state, Quantity quantity)
    {
        var all = state.JudgementsOf(quantity).Where(one => state.NotCountedBecause(quantity, one, aiRatersCount: true) is null).ToArray();
        return all.Any(one => one.RaterKind == NotCounted.AiKind) ? [.. all.Select(one => one.Rating!)] : null;
    }

    internal static int Stale(MatrixState state, Quantity quantity) =>
        state.JudgementsOf(quantity).Count(one => state.NotCountedBecause(quantity, one) == NotCounted.Stale);

    private static ConsensusCell[] Cells(MatrixState state, string lens, Known known) =>
        [.. state.Cells.Select(cell => known.Cell(lens, cell) ?? Cell(state, lens, cell))];

    private static ConsensusCell Cell(MatrixState state, string lens, Quantity quantity)
    {
        var ratings = Counted(state, quantity);
        var stale = Stale(state, quantity);
        return lens == Method.Crisp
            ? CrispCell(quantity, Crisp.Pool(ratings), stale)
            : HeadlineCell(quantity, Rohl1.Pool(ratings, state.Policy.Rohl1), stale);
    }

    internal static ConsensusCell HeadlineCell(Quantity quantity, Posterior? pooled, int stale) => pooled is not { } p
        ? Unrated(quantity, stale)
        : new(
            quantity.Technique!, quantity.FailureMode!, p.Raters, p.Organisations, p.Mean, p.Sd, p.Median, p.Lower90, p.Upper90,
            p.PResistant, p.PUncertain, p.PVulnerable, p.Tau, Verdicts.Name(p.Verdict), p.Status, stale);

    private static ConsensusCell CrispCell(Quantity quantity, Crisp? pooled, int stale) => pooled is not { } p
        ? Unrated(quantity, stale)
        : new(
            quantity.Technique!, quantity.FailureMode!, p.Raters, p.Organisations, p.Mean, null, null, null, null, null, null, null, null,
            Verdicts.Name(p.Verdict), p.Status, stale);

    private static ConsensusCell Unrated(Quantity quantity, int stale) => new(
        quantity.Technique!, quantity.FailureMode!, 0, 0, null, null, null, null, null, null, null, null, null, null, Status.NoData, stale);

    private static ConsensusQuantity Likelihood(MatrixState state, string mode)
    {
        var median = MedianOfOrganisations.OfLikelihoods(Counted(state, new(null, mode)));
        return new(
            mode, median.Value ?? MedianOfOrganisations.AssumedLikelihood, median.Lowest, median.Highest, median.Organisations,
            median.Raters, Assumed: median.Value is null);
    }

    private static ConsensusQuantity SafetyTax(MatrixState state, string technique)
    {
        var median = MedianOfOrganisations.OfTaxes(Counted(state, new(technique, null)));
        return new(
            technique, median.Value, median.Lowest, median.Highest, median.Organisations, median.Raters, Assumed: median.Value is null);
    }
}
