namespace AlignmentMesh.RiskScoring.Domain.Tests;

/// <summary>Equality of numbers up to a stated relative error; what is 0 must be 0 to <see cref="Nothing"/>.</summary>
internal static class Close
{
    internal const double Rounding = 1e-13;

    private const double Nothing = 1e-300;

    internal static void To(double expected, double? actual, double relative = Rounding, string? what = null) =>
        Assert.True(
            Is(expected, actual, relative),
            $"{what} expected {expected:R}, was {actual:R}: relative error {Math.Abs((actual ?? double.NaN) / expected - 1):E2}");

    internal static bool Is(double expected, double? actual, double relative = Rounding) =>
        actual is { } number && Math.Abs(number - expected) <= relative * Math.Max(Math.Abs(expected), Math.Abs(number)) + Nothing;
}
