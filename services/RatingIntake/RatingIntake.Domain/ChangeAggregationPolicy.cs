using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>
/// Sets the constants of ROHL-1 that the study's cells are pooled with from here on. It names all of them, and what it leaves out is
/// ROHL-1's own again: the same command comes to the same policy whatever was set before.
/// </summary>
public sealed record ChangeAggregationPolicy(PolicyConstants Constants, string Reason)
{
    private const string Where = "constants";

    private static readonly string NuRule = $"one of {string.Join(", ", AggregationRanges.Nu)}";

    private IEnumerable<(string Field, decimal? Value, (decimal Least, decimal Most) Range)> Numbers =>
    [
        ("rho", Constants.Rho, AggregationRanges.Rho),
        ("sigmaWithin", Constants.SigmaWithin, AggregationRanges.SigmaWithin),
        ("sMin", Constants.SMin, AggregationRanges.SMin),
        ("tauScale", Constants.TauScale, AggregationRanges.TauScale),
        ("resistantLogit", Constants.ResistantLogit, AggregationRanges.ResistantLogit),
        ("uncertainLogit", Constants.UncertainLogit, AggregationRanges.UncertainLogit),
        ("vulnerableLogit", Constants.VulnerableLogit, AggregationRanges.VulnerableLogit),
    ];

    public Decision Decide(Study study)
    {
        Refusal[] refusals =
        [
            .. Checks.StillOpen(study),
            .. Checks.Text("reason", Reason, Checks.MaxReason),
            .. Numbers.SelectMany(one => one.Value is { } value ? Check(one.Field, value, one.Range) : []),
            .. CheckNu(),
        ];
        if (refusals.Length > 0) return Decision.Refuse(refusals);
        var constants = Stored();
        return constants == (study.Policy?.Constants ?? new AggregationConstants())
            ? Decision.Nothing
            : Decision.Accept(new AggregationPolicyChanged(constants, Reason));
    }

    private static IEnumerable<Refusal> Check(string field, decimal value, (decimal Least, decimal Most) range)
    {
        var shown = value.ToString(CultureInfo.InvariantCulture);
        if (value < range.Least || value > range.Most)
            yield return Refusal.Of(
                RefusalReason.ConstantOutOfRange, field, shown, FormattableString.Invariant($"{range.Least}..{range.Most}"), Where);
        if (!Decimals.FitsLedger(value))
            yield return Refusal.Of(
                RefusalReason.TooManyDigits, field, shown, $"at most {Decimals.MaxDigits} digits after the point", Where);
    }

    private IEnumerable<Refusal> CheckNu()
    {
        if (Constants.Nu is { } nu && !AggregationRanges.Nu.Contains(nu))
            yield return Refusal.Of(
                RefusalReason.ConstantOutOfRange, "nu", nu.ToString(CultureInfo.InvariantCulture), NuRule, Where);
    }

    private AggregationConstants Stored() => new(
        Text(Constants.Rho), Text(Constants.SigmaWithin), Text(Constants.SMin), Constants.Nu, Text(Constants.TauScale),
        Text(Constants.ResistantLogit), Text(Constants.UncertainLogit), Text(Constants.VulnerableLogit));

    private static string? Text(decimal? value) => value is { } number ? Decimals.Format(number) : null;
}
