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
    public static IEnumerable<double> Ticks(double end)
    {
        var step = Step(end);
        for (var i = 0; i * step <= end * (1 + 1e-9); i++) yield return i * step;
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
