using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>What a closed round came to, without names, and for one of its raters with the own answers beside it.</summary>
public static class Feedback
{
    /// <param name="state">Of the version just after the round was closed.</param>
    /// <param name="matrix">The matrix of that version.</param>
    /// <param name="earlier">Of the version just after the round before was closed; null in the first round.</param>
    /// <param name="rater">Who asks; null for somebody who has not rated in the study.</param>
    /// <param name="rationales">Hash to text, of what was released with the rounds of <see cref="Reasoned"/>.</param>
    /// <exception cref="ArgumentException">The state's last entry closes no round, or the matrix is of another version.</exception>
    public static RoundFeedback Of(
        MatrixState state, ConsensusMatrix matrix, MatrixState? earlier, StudyRater? rater,
        IReadOnlyDictionary<string, string> rationales)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(rationales);
        if (matrix.Study != state.Study || matrix.Version != state.Next)
            throw new ArgumentException($"{matrix.Study} {matrix.Version} is not the matrix of {state.Study} {state.Next}", nameof(matrix));
        var round = state.Rounds.LastOrDefault(known => known.ClosedAt == state.Next - 1)
            ?? throw new ArgumentException($"the last entry of version {state.Next} closes no round", nameof(state));
        var scene = new Scene(
            state, earlier, round.Round, rater is null ? null : new RaterKey(rater.Organisation, rater.Rater), rationales);
        var quantities = matrix.Lenses[Method.Rohl1].Select(cell => OfCell(scene, cell))
            .Concat(matrix.Likelihoods.Select(one =>
                OfQuantity(scene, new(null, one.Id), one, own => MedianOfOrganisations.OfLikelihoods(own))))
            .Concat(matrix.SafetyTaxes.Select(one =>
                OfQuantity(scene, new(one.Id, null), one, own => MedianOfOrganisations.OfTaxes(own))));
        return new(
            state.Study, matrix.Label, round.Round, round.Mode, state.Next, matrix.Digest ?? Consensus.DigestOf(matrix),
            Method.Of(Method.Rohl1, matrix.Constants), earlier is null ? null : round.Round - 1, rater,
            [.. quantities.Where(one => one.Organisations.Count > 0 || one.Own is not null)]);
    }

    /// <summary>Rounds whose rationales the feedback shows: the closed one, and those of the rater's reasons that still stand.</summary>
    public static IReadOnlyCollection<int> Reasoned(MatrixState state, int round, StudyRater? rater)
    {
        ArgumentNullException.ThrowIfNull(state);
        var rounds = new SortedSet<int> { round };
        if (rater is not null)
            rounds.UnionWith(
                from quantity in state.Quantities.Values
                let own = quantity.Judgements.GetValueOrDefault(new RaterKey(rater.Organisation, rater.Rater))
                where own?.Item?.RationaleHash is not null
                select own.Round);
        return rounds;
    }

    private static QuantityFeedback OfCell(Scene scene, ConsensusCell cell)
    {
        var quantity = new Quantity(cell.Technique, cell.FailureMode);
        var (counted, policy) = (Consensus.Counted(scene.State, quantity), scene.State.Policy.Rohl1);
        var change = scene.Earlier is { } before ? RoundChange.Of(Consensus.Counted(before, quantity), counted, policy) : null;
        return new(
            cell.Technique, cell.FailureMode, scene.OwnOf(quantity), cell.Mean, cell.Lower90, cell.Upper90, cell.Verdict, cell.Status,
            [.. ByOrganisation(counted).Select(own => Answers(own, Medians.Of(Points(own)), rating => Observation.OrdinalVerdict(rating)))],
            CellDisagreement.Of(counted, policy)?.Figures, change?.Figures, scene.RationalesOf(quantity));
    }

    private static QuantityFeedback OfQuantity(
        Scene scene, Quantity quantity, ConsensusQuantity consensus, Func<Rating[], MedianOfOrganisations> median) => new(
        quantity.Technique, quantity.FailureMode, scene.OwnOf(quantity), consensus.Value, consensus.Lowest, consensus.Highest, null, null,
        [
            .. ByOrganisation(Consensus.Counted(scene.State, quantity)).Select(own =>
                Answers(own, median(own).Value!.Value, _ => null)),
        ],
        null, null, scene.RationalesOf(quantity));

    private static IEnumerable<Rating[]> ByOrganisation(Rating[] counted) =>
        counted.GroupBy(rating => rating.Organisation).Select(own => own.ToArray());

    private static OrganisationAnswers Answers(Rating[] own, double median, Func<Rating, Verdict?> verdict)
    {
        int Saying(Verdict asked) => own.Count(rating => verdict(rating) == asked);
        return new(
            own[0].Organisation, median, [.. Points(own).Order()], Saying(Verdict.Resistant), Saying(Verdict.Uncertain),
            Saying(Verdict.Vulnerable));
    }

    private static double[] Points(Rating[] own) => Array.ConvertAll(own, Observation.Point);

    private sealed record Scene(
        MatrixState State, MatrixState? Earlier, int Round, RaterKey? Own, IReadOnlyDictionary<string, string> Rationales)
    {
        public OwnAnswer? OwnOf(Quantity quantity) =>
            State.JudgementsOf(quantity).FirstOrDefault(one => one.By == Own) is { Item: { } item } answer
                ? new(
                    answer.Round, item.Verdict, item.Best, item.Lower, item.Upper, item.Confidence, TextOf(item),
                    State.NotCountedBecause(quantity, answer))
                : null;

        // Sorted by their words: any other order would say whose they are.
        public IReadOnlyList<string> RationalesOf(Quantity quantity) =>
        [
            .. State.JudgementsOf(quantity)
                .Where(one => one.Round == Round && one.By != Own && State.NotCountedBecause(quantity, one) is null)
                .Select(one => TextOf(one.Item!)).OfType<string>().Order(StringComparer.Ordinal),
        ];

        private string? TextOf(RatedItem item) => item.RationaleHash is { } hash ? Rationales.GetValueOrDefault(hash) : null;
    }
}
