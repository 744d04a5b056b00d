using System.Globalization;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>A number, name or size that the risk model cannot be computed for: which field, what it was, what is allowed.</summary>
public sealed class RiskInputException : ArgumentException
{
    private readonly string _message;

    /// <param name="field">The field by the name its author knows, e.g. <c>vulnerability[2][0]</c>.</param>
    /// <param name="value">What it was.</param>
    /// <param name="allowed">What it may be.</param>
    public RiskInputException(string field, string value, string allowed)
        : base(null, field)
    {
        (Field, Value, Allowed) = (field, value, allowed);
        _message = $"{field} is {value}; allowed: {allowed}.";
    }

    public string Field { get; }

    public string Value { get; }

    public string Allowed { get; }

    public override string Message => _message;

    internal static void ThrowUnlessProbability(double value, string field)
    {
        if (!(value >= 0 && value <= 1))
            throw new RiskInputException(field, Text(value), "a probability from 0 to 1");
    }

    internal static void ThrowUnlessNotNegative(double value, string field)
    {
        if (!(value >= 0 && double.IsFinite(value)))
            throw new RiskInputException(field, Text(value), "a finite number, 0 or more");
    }

    internal static void ThrowUnlessCount(int count, int expected, string field, string of)
    {
        if (count != expected)
            throw new RiskInputException(field, $"{count} long", $"exactly {expected}, one for each {of}");
    }

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
