namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// The quantiles of one Beta distribution at the middles of many strata, for a fraction of what as many calls of
/// <see cref="BetaQuantile"/> cost. In logits, y = logit x as a function of t = logit u is smooth and straight at both ends whatever
/// the shape, so quintic Hermite pieces follow it from one evaluation of the distribution function a knot: its derivatives are the
/// density and its logarithmic slope. Knots are at most half a logit apart in t and in y; the error of x is below 1e-7.
/// </summary>
internal static class BetaStrata
{
    private const double LargestStep = 0.5;

    /// <summary>Beyond this x is 0 or 1 to the last bit of 1.</summary>
    private const double LogitOfOne = 37;

    /// <summary>The place of every stratum's middle in t = logit u; depends on their number alone.</summary>
    internal static double[] Logits(int strata)
    {
        var logits = new double[strata];
        for (var k = 0; k < strata; k++)
        {
            var u = LatinHypercube.Middle(k, strata);
            logits[k] = Math.Log(u / (1 - u));
        }

        return logits;
    }

    /// <summary>F^-1 of the Beta with this mean and standard deviation at every stratum's middle; limits as for the quantile.</summary>
    /// <param name="logits">Of <see cref="Logits"/>, as long as <paramref name="quantiles"/>.</param>
    internal static void Fill(double mean, double sd, ReadOnlySpan<double> logits, Span<double> quantiles)
    {
        var widest = mean * (1 - mean);
        if (sd > 0 && widest > 0 && BetaQuantile.ShapeOf(mean, widest / (sd * sd) - 1) is { } shape)
        {
            OfShape(shape.A, shape.B, logits, quantiles);
            if (shape.Mirrored)
                quantiles.Reverse();
            if (shape.Scale != 1)
                foreach (ref var x in quantiles)
                    x *= shape.Scale;
            if (shape.Mirrored)
                foreach (ref var x in quantiles)
                    x = 1 - x;
            return;
        }

        for (var k = 0; k < quantiles.Length; k++)
            quantiles[k] = BetaQuantile.Of(mean, sd, LatinHypercube.Middle(k, quantiles.Length));
    }

    private static void OfShape(double a, double b, ReadOnlySpan<double> logits, Span<double> quantiles)
    {
        var logBeta = BetaQuantile.LogBeta(a, b);
        var first = BetaQuantile.OfShape(a, b, LatinHypercube.Middle(0, quantiles.Length));
        var knot = Knot.At(a, b, logBeta, Math.Clamp(Math.Log(first / (1 - first)), -LogitOfOne, LogitOfOne));
        var k = 0;

        // The first stratum, up to rounding, and whatever lies below the first knot because it is 0 there.
        for (; k < logits.Length && logits[k] <= knot.T; k++)
            quantiles[k] = Logistic(knot.Y);
        while (k < logits.Length && knot.Y < LogitOfOne)
        {
            var next = Knot.At(a, b, logBeta, knot.Y + LargestStep * Math.Min(1, knot.Slope));
            var piece = new Piece(knot, next);
            for (; k < logits.Length && logits[k] <= next.T; k++)
                quantiles[k] = Logistic(piece.At(logits[k]));
            knot = next;
        }

        quantiles[k..].Fill(1);
    }

    private static double Logistic(double y) => 1 / (1 + Math.Exp(-y));

    /// <summary>Where y(t) is known: both places, dy/dt and d2y/dt2.</summary>
    private readonly record struct Knot(double T, double Y, double Slope, double Curve)
    {
        internal static Knot At(double a, double b, double logBeta, double y)
        {
            var (logCdf, slope) = BetaQuantile.LogCdf(a, b, logBeta, y);
            var cdf = Math.Exp(logCdf);

            // With f the density of y: dt/dy = f / (F (1 - F)), and its logarithm's derivative a (1 - x) - b x - (dt/dy) (1 - 2 F).
            var steep = slope / (1 - cdf);
            var x = Logistic(y);
            var bend = a * (1 - x) - b * x - steep * (1 - 2 * cdf);
            return new Knot(logCdf - Math.Log(1 - cdf), y, 1 / steep, -bend / (steep * steep));
        }
    }

    /// <summary>The polynomial of degree 5 that agrees with both knots in value, slope and curve.</summary>
    private readonly struct Piece
    {
        private readonly double _from, _scale, _c0, _c1, _c2, _c3, _c4, _c5;

        internal Piece(Knot low, Knot high)
        {
            var width = high.T - low.T;
            (_from, _scale) = (low.T, 1 / width);
            (_c0, _c1, _c2) = (low.Y, low.Slope * width, low.Curve * width * width / 2);
            var value = high.Y - _c0 - _c1 - _c2;
            var slope = high.Slope * width - _c1 - 2 * _c2;
            var curve = high.Curve * width * width / 2 - _c2;
            _c3 = 10 * value - 4 * slope + curve;
            _c4 = -15 * value + 7 * slope - 2 * curve;
            _c5 = 6 * value - 3 * slope + curve;
        }

        internal double At(double t)
        {
            var s = (t - _from) * _scale;
            return ((((_c5 * s + _c4) * s + _c3) * s + _c2) * s + _c1) * s + _c0;
        }
    }
}
