using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>How the feedback of a round is laid out: one row a quantity, then the reasons that were given.</summary>
internal static class FeedbackSheets
{
    private const string Legend = "organisations: median (lowest to highest, raters). between and within: how far organisations, and "
        + "raters of one, are apart; ordinal: how far their verdicts are; 100% is the most there can be. shift, ratio and herding: since "
        + "the round before.";

    public static void Write(Shell shell, RoundFeedback feedback)
    {
        var heading = Show.Heading(feedback.Study, feedback.Label, feedback.Version);
        shell.Out.WriteLine($"{heading}, round {feedback.Round} ({feedback.Mode}), {feedback.Method}");
        shell.Out.WriteLine(feedback.Rater is { } rater
            ? $"you are {rater.Rater} of {rater.Organisation}"
            : "without your own answers: no rater's token was given, or its bearer has not rated");
        Quantities(feedback).Write(shell);
        Rationales(feedback)?.Write(shell);
        shell.Say(Legend);
    }

    private static Sheet Quantities(RoundFeedback feedback)
    {
        var sheet = new Sheet(
            "technique", "failure mode", "your answer", "consensus", "range", "verdict", "organisations", "between", "within", "ordinal",
            "shift", "ratio", "herding");
        foreach (var one in feedback.Quantities)
            sheet.Add(
                one.Technique ?? Show.Nothing, one.FailureMode ?? Show.Nothing, Own(one), Value(one, one.Consensus),
                one.Lower is null ? Show.Nothing : $"{Value(one, one.Lower)} to {Value(one, one.Upper)}", one.Verdict ?? Show.Nothing,
                string.Join("; ", one.Organisations.Select(own => Answers(one, own))), Show.Percent(one.Disagreement?.Between),
                Show.Percent(one.Disagreement?.Within), Show.Percent(one.Disagreement?.Ordinal), Show.Points(one.Change?.Shift),
                Show.Number(one.Change?.TotalRatio), Show.Number(one.Change?.Herding));
        return sheet;
    }

    private static Sheet? Rationales(RoundFeedback feedback)
    {
        var sheet = new Sheet("technique", "failure mode", "rationale") { Title = "Rationales of the others, in no order" };
        var texts = feedback.Quantities.SelectMany(one => one.Rationales.Select(text => (one, text))).ToArray();
        foreach (var (one, text) in texts)
            sheet.Add(one.Technique ?? Show.Nothing, one.FailureMode ?? Show.Nothing, text);
        return texts.Length == 0 ? null : sheet;
    }

    private static string Own(QuantityFeedback one) => one.Own switch
    {
        null => Show.Nothing,
        { NotCountedBecause: { } because } own => $"{Said(own)} (not counted: {because})",
        var own => Said(own),
    };

    private static string Said(OwnAnswer own)
    {
        var bounds = own.Lower is null && own.Upper is null ? null : $"({own.Lower ?? "?"} to {own.Upper ?? "?"})";
        return string.Join(' ', new[] { own.Verdict, own.Best, bounds }.Where(part => part is not null));
    }

    private static string Answers(QuantityFeedback quantity, OrganisationAnswers own)
    {
        var spread = $"{Value(quantity, own.Answers[0])} to {Value(quantity, own.Answers[^1])}, {Show.Count(own.Answers.Count)}";
        return $"{own.Organisation} {Value(quantity, own.Median)} ({spread})";
    }

    /// <summary>A safety tax is a cost and no probability.</summary>
    private static string Value(QuantityFeedback quantity, double? value) =>
        quantity.FailureMode is null ? Show.Number(value) : Show.Percent(value);
}
