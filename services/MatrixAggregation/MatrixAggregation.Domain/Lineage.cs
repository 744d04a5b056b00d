using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>Why a cell says what it says.</summary>
public static class Lineage
{
    /// <summary>
    /// The cell's lineage in a version, without its history, or null when the catalogue has no such technique or failure mode.
    /// </summary>
    /// <param name="matrix">The matrix of the state's version.</param>
    /// <exception cref="ArgumentException">The matrix is of another version than the state.</exception>
    public static CellLineage? Of(MatrixState state, ConsensusMatrix matrix, string technique, string failureMode)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Study != state.Study || matrix.Version != state.Next)
            throw new ArgumentException($"{matrix.Study} {matrix.Version} is not the matrix of {state.Study} {state.Next}", nameof(matrix));
        var lenses = matrix.Lenses
            .SelectMany(lens => lens.Value.Select(cell => (lens.Key, cell)))
            .Where(pair => pair.cell.Technique == technique && pair.cell.FailureMode == failureMode)
            .ToDictionary(pair => pair.Key, pair => pair.cell);
        if (lenses.Count == 0)
            return null;
        var quantity = new Quantity(technique, failureMode);
        var cell = CellAnalysis.OfCell(state, quantity);
        var ratings = RatingsOf(state, quantity);
        return new(
            state.Study, matrix.Label, matrix.Version, matrix.Digest ?? Consensus.DigestOf(matrix), technique, failureMode, lenses,
            [.. cell.Parts.Select(Contribution)], ratings, Method.Of(Method.Rohl1, state.Policy.Constants),
            state.Policy.Rohl1.Constants, Row(cell.Multiverse), cell.Disagreement?.Figures, cell.Fragile,
            cell.Parts.Sum(part => part.EffectiveRaters), cell.Parts.Sum(part => part.IndependentRaters), Effect(cell),
            [
                .. ratings.Where(rating => !rating.Counted).GroupBy(rating => rating.NotCountedBecause!)
                    .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new NotCountedRatings(group.Key, group.Count())),
            ]);
    }

    /// <summary>Every released judgement of a quantity, counted or not, by organisation and rater; a withdrawal has no content.</summary>
    public static IReadOnlyList<RatingLineage> RatingsOf(MatrixState state, Quantity quantity)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. state.JudgementsOf(quantity).Select(one => Show(one, state.NotCountedBecause(quantity, one)))];
    }

    private static RatingLineage Show(Judgement one, string? notCounted) => new(
        one.By.Organisation, one.By.Rater, one.RaterKind, one.Round, one.Item?.Verdict, one.Item?.Best, one.Item?.Lower, one.Item?.Upper,
        one.Item?.Confidence, one.LedgerIndex, one.EventId, one.RecordedAt, one.TraceId, notCounted is null, notCounted,
        one.Item?.RationaleHash, one.Item?.Evidence);

    private static OrganisationContribution Contribution(OrganisationPart part) => new(
        part.Organisation, part.Raters, part.Mean, part.Influence, part.FlipsVerdict,
        part.VerdictWithout is { } without ? Verdicts.Name(without) : null, part.EffectiveRaters, part.IndependentRaters);

    private static MultiverseRow Row(Multiverse row) => new(
        [
            .. row.Readings.Zip(Multiverse.All, (reading, lens) => new LensOutcome(
                reading.Lens, reading.Value, reading.Undefined, reading.Verdict is { } verdict ? Verdicts.Name(verdict) : null,
                lens.ValidFor)),
        ],
        row.Lowest, row.Highest, row.Headline is { } headline ? Verdicts.Name(headline) : null, row.Defined, row.Agreeing);

    private static AiRaterEffect? Effect(CellAnalysis cell) => cell.WithAiRaters is { } with
        ? new(with.Raters - (cell.Headline?.Raters ?? 0), with.Mean, Verdicts.Name(with.Verdict), with.Mean - cell.Headline?.Mean)
        : null;
}
