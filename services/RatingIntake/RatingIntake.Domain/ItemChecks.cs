using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>What one judgement may say.</summary>
internal static class ItemChecks
{
    private const int MostRationale = 4000;
    private const int MostUrl = 2000;
    private const int MostEvidence = 10;
    private const decimal MostTax = 1000m;
    private const decimal LeastConfidence = 0.5m;
    private const decimal MostConfidence = 0.99m;
    private static readonly string[] Verdicts = ["resistant", "uncertain", "vulnerable"];

    public static IEnumerable<Refusal> Check(RatingItem item, Quantity quantity, string where) =>
        Statement(item, quantity, where).Concat(Numbers(item, quantity, where)).Concat(Bounds(item, where)).Concat(Texts(item, where));

    private static IEnumerable<Refusal> Statement(RatingItem item, Quantity quantity, string where)
    {
        if (item.Verdict is { } verdict)
        {
            if (!Verdicts.Contains(verdict))
                yield return Refusal.Of(RefusalReason.VerdictUnknown, "verdict", verdict, string.Join(", ", Verdicts), where);
            if (quantity.IsLikelihood || quantity.IsSafetyTax)
            {
                yield return Refusal.Of(
                    RefusalReason.VerdictNotApplicable, "verdict", verdict, "a number in best; verdicts are for cells", where);
            }
        }

        if (item.Verdict is null && item.Best is null)
            yield return Refusal.Of(RefusalReason.NothingStated, "best", null, "a verdict, a number in best, or both", where);
        if (item.Confidence is { } confidence && confidence is < LeastConfidence or > MostConfidence)
            yield return Refusal.Of(
                RefusalReason.ConfidenceOutOfRange, "confidence", Show(confidence), $"{LeastConfidence}..{MostConfidence}", where);
    }

    private static IEnumerable<Refusal> Numbers(RatingItem item, Quantity quantity, string where)
    {
        var (reason, most) = quantity.IsSafetyTax
            ? (RefusalReason.TaxOutOfRange, MostTax)
            : (RefusalReason.ProbabilityOutOfRange, 1m);
        foreach (var (field, given) in new[] { ("best", item.Best), ("lower", item.Lower), ("upper", item.Upper) })
            if (given is { } number && (number < 0 || number > most))
                yield return Refusal.Of(reason, field, Show(number), $"0..{most}", where);
        var all = new[] { ("best", item.Best), ("lower", item.Lower), ("upper", item.Upper), ("confidence", item.Confidence) };
        foreach (var (field, given) in all)
            if (given is { } number && !Decimals.FitsLedger(number))
                yield return Refusal.Of(
                    RefusalReason.TooManyDigits, field, Show(number), $"at most {Decimals.MaxDigits} digits after the point", where);
    }

    private static IEnumerable<Refusal> Bounds(RatingItem item, string where)
    {
        if (item.Best is null && (item.Lower ?? item.Upper) is { } alone)
        {
            var field = item.Lower is null ? "upper" : "lower";
            yield return Refusal.Of(RefusalReason.BoundWithoutBest, field, Show(alone), "bounds around best", where);
        }

        if (item.Lower > item.Best)
            yield return Refusal.Of(RefusalReason.BoundsOutOfOrder, "lower", Show(item.Lower.Value), $"at most best, {item.Best}", where);
        if (item.Upper < item.Best)
            yield return Refusal.Of(RefusalReason.BoundsOutOfOrder, "upper", Show(item.Upper.Value), $"at least best, {item.Best}", where);
    }

    private static IEnumerable<Refusal> Texts(RatingItem item, string where)
    {
        if (item.Rationale is { } rationale)
            foreach (var refusal in Checks.Text("rationale", rationale, MostRationale, where)) yield return refusal;
        var evidence = item.Evidence ?? [];
        if (evidence.Count > MostEvidence)
            yield return Refusal.Of(RefusalReason.TooMuchEvidence, "evidence", $"{evidence.Count} links", $"at most {MostEvidence}", where);
        for (var i = 0; i < Math.Min(evidence.Count, MostEvidence); i++)
        {
            var field = $"evidence[{i}]";
            if (!IsWebAddress(evidence[i]?.Url))
            {
                yield return Refusal.Of(
                    RefusalReason.EvidenceUrlInvalid, field + ".url", evidence[i]?.Url,
                    $"an http or https address of at most {MostUrl} characters, without blanks", where);
            }

            if (evidence[i]?.Title is { } title)
                foreach (var refusal in Checks.Text(field + ".title", title, Checks.MaxTitle, where)) yield return refusal;
        }
    }

    private static bool IsWebAddress(string? url) =>
        url is { Length: <= MostUrl } && !url.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || char.IsSurrogate(letter))
        && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static string Show(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
