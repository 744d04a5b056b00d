using System.Globalization;

namespace AlignmentMesh.Portal.Web.Figures;

/// <summary>Where a value stands along an axis, in pixels.</summary>
public readonly record struct Scale(double From, double To, double Start, double End, bool IsLog = false)
{
    /// <summary>The probabilities, whole.</summary>
    public static Scale Unit(double start, double end) => new(0, 1, start, end);

    public double this[double value] => Start + (Of(value) - Of(From)) / (Of(To) - Of(From)) * (End - Start);

    /// <summary>The end of an axis from 0 that holds so much: the next of its ticks.</summary>
    public static double RoundUp(double most) => most > 0 ? Math.Ceiling(most / Step(most) - 1e-9) * Step(most) : 1;

    /// <summary>Three to six round numbers from 0 to the end.</summary>
    public static IEnumerable<double> Ticks(double end) => new Scale(0, end, 0, 1).Ticks();

    /// <summary>A part of an axis that holds both, from a round number to a round number.</summary>
    public static Scale Around(double low, double high, double start, double end)
    {
        var step = Step(high > low ? high - low : Math.Max(Math.Abs(high), 1));
        var (first, last) = (Math.Floor(low / step + 1e-9), Math.Ceiling(high / step - 1e-9));
        return new Scale(first * step, Math.Max(last, first + 1) * step, start, end);
    }

    /// <summary>Round numbers from end to end of a linear scale that begins at one.</summary>
    public IEnumerable<double> Ticks()
    {
        var step = Step(To - From);
        for (var i = 0; From + i * step <= To + step * 1e-6; i++) yield return From + i * step;
    }

    /// <summary>A tick in per cent, with as many digits as tell it from the next.</summary>
    public string Percent(double tick)
    {
        var digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(Step(To - From) * 100) - 1e-9), 0, 15);
        return (tick * 100).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + "%";
    }

    /// <summary>1, 2 or 5 times a power of ten, so that three to six of them make up the whole.</summary>
    private static double Step(double whole)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(whole)) - 1);
        foreach (var step in (double[])[1, 2, 5, 10, 20])
            if (whole / (step * power) <= 5.0001) return step * power;
        return 20 * power;
    }

    private double Of(double value) => IsLog ? Math.Log10(Math.Max(value, Math.Min(From, To))) : value;
}
