using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.MatrixAggregation.Service.GivingFeedback;

/// <summary>Feedback as a tidy table: one row a quantity and organisation, and one without organisation where none counts.</summary>
internal static class FeedbackCsv
{
    private const string Header =
        "study,label,round,version,method,technique,failure_mode,own_round,own_verdict,own_best,own_lower,own_upper,own_confidence,"
        + "own_not_counted_because,consensus,lower,upper,verdict,status,organisation,raters,lowest,median,highest,resistant,uncertain,"
        + "vulnerable,between,within,total,ordinal,earlier_round,shift,total_ratio,herding";

    public static string Write(RoundFeedback feedback) => Csv.Write(
        Header,
        from quantity in feedback.Quantities
        from organisation in quantity.Organisations.DefaultIfEmpty()
        select Row(feedback, quantity, organisation));

    private static string?[] Row(RoundFeedback feedback, QuantityFeedback quantity, OrganisationAnswers? organisation) =>
    [
        feedback.Study, feedback.Label, Csv.Number(feedback.Round), Csv.Number(feedback.Version), feedback.Method, quantity.Technique,
        quantity.FailureMode, .. Own(quantity.Own), Csv.Number(quantity.Consensus), Csv.Number(quantity.Lower), Csv.Number(quantity.Upper),
        quantity.Verdict, quantity.Status, .. Answers(organisation), Csv.Number(quantity.Disagreement?.Between),
        Csv.Number(quantity.Disagreement?.Within), Csv.Number(quantity.Disagreement?.Total), Csv.Number(quantity.Disagreement?.Ordinal),
        Whole(feedback.EarlierRound), Csv.Number(quantity.Change?.Shift), Csv.Number(quantity.Change?.TotalRatio),
        Csv.Number(quantity.Change?.Herding),
    ];

    private static string?[] Own(OwnAnswer? own) =>
        [Whole(own?.Round), own?.Verdict, own?.Best, own?.Lower, own?.Upper, own?.Confidence, own?.NotCountedBecause];

    private static string?[] Answers(OrganisationAnswers? one) =>
    [
        one?.Organisation, Whole(one?.Answers.Count), Csv.Number(one?.Answers[0]), Csv.Number(one?.Median), Csv.Number(one?.Answers[^1]),
        Whole(one?.Resistant), Whole(one?.Uncertain), Whole(one?.Vulnerable),
    ];

    private static string? Whole(int? number) => number is { } value ? Csv.Number((long)value) : null;
}
