using System.CommandLine;
using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.Mesh.Cli.Steering;

/// <summary>The constants of ROHL-1 as options; each says its range before anything is sent.</summary>
internal sealed class PolicyOptions
{
    private readonly Option<decimal?> _rho = Number("--rho", "Correlation of the errors of colleagues", AggregationRanges.Rho);
    private readonly Option<decimal?> _sigmaWithin =
        Number("--sigma-within", "Standard deviation between colleagues, in logits", AggregationRanges.SigmaWithin);
    private readonly Option<decimal?> _sMin =
        Number("--s-min", "Least standard deviation of an interval, in logits", AggregationRanges.SMin);
    private readonly Option<int?> _nu = new("--nu")
    {
        Description = $"Degrees of freedom between organisations: {string.Join(", ", AggregationRanges.Nu)}",
        HelpName = "N",
    };

    private readonly Option<decimal?> _tauScale =
        Number("--tau-scale", "Scale of the spread between organisations, in logits", AggregationRanges.TauScale);
    private readonly Option<decimal?> _resistant =
        Number("--resistant-logit", "Where the verdict resistant lies, in logits", AggregationRanges.ResistantLogit);
    private readonly Option<decimal?> _uncertain = Number("--uncertain-logit", "Where uncertain lies", AggregationRanges.UncertainLogit);
    private readonly Option<decimal?> _vulnerable =
        Number("--vulnerable-logit", "Where vulnerable lies", AggregationRanges.VulnerableLogit);

    public PolicyOptions() => _nu.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int?>() is { } given && !AggregationRanges.Nu.Contains(given))
            result.AddError($"--nu is '{given}'; allowed: {string.Join(", ", AggregationRanges.Nu)}");
    });

    public IEnumerable<Option> All => [_rho, _sigmaWithin, _sMin, _nu, _tauScale, _resistant, _uncertain, _vulnerable];

    public PolicyConstants Of(ParseResult parsed) => new(
        parsed.GetValue(_rho), parsed.GetValue(_sigmaWithin), parsed.GetValue(_sMin), parsed.GetValue(_nu), parsed.GetValue(_tauScale),
        parsed.GetValue(_resistant), parsed.GetValue(_uncertain), parsed.GetValue(_vulnerable));

    /// <summary>The same as the ledger would hold them.</summary>
    public static AggregationConstants Stated(PolicyConstants given) => new(
        Text(given.Rho), Text(given.SigmaWithin), Text(given.SMin), given.Nu, Text(given.TauScale), Text(given.ResistantLogit),
        Text(given.UncertainLogit), Text(given.VulnerableLogit));

    private static string? Text(decimal? value) => value is { } number ? Decimals.Format(number) : null;

    private static Option<decimal?> Number(string name, string description, (decimal Least, decimal Most) range)
    {
        var allowed = FormattableString.Invariant($"{range.Least}..{range.Most}");
        var option = new Option<decimal?>(name) { Description = $"{description}, {allowed}", HelpName = "X" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<decimal?>() is not { } given)
                return;
            var shown = given.ToString(CultureInfo.InvariantCulture);
            if (given < range.Least || given > range.Most)
                result.AddError($"{name} is '{shown}'; allowed: {allowed}");
            else if (!Decimals.FitsLedger(given))
                result.AddError($"{name} is '{shown}'; allowed: at most {Decimals.MaxDigits} digits after the point");
        });
        return option;
    }
}
