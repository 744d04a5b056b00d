using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Quantiles of the Beta distribution with a given mean and standard deviation: with nu = mean (1 - mean) / sd^2 - 1,
/// a = mean nu and b = (1 - mean) nu.
/// </summary>
internal static class BetaQuantile
{
    /// <summary>Above this a + b the standard deviation is below 0.0005, and a limiting form is as good as the Beta.</summary>
    private const double Concentrated = 1e6;

    /// <summary>Above this a and b the limiting form is a normal with the skewness of the Beta.</summary>
    private const double NearlyNormal = 1e3;

    /// <summary>Below this a or b the Beta is, but for a share of about this size, at 0 or at 1.</summary>
    private const double NearlyTwoPoints = 1e-6;

    private const double LogSmallest = -690;

    private const double LogitOfOne = 40;

    /// <summary>F^-1(u) of the Beta with this mean and standard deviation.</summary>
    /// <remarks>
    /// sd = 0 or mean 0 or 1 is a point mass at the mean. No distribution on [0, 1] has a variance above mean (1 - mean), and only
    /// the two points 0 and 1 (with P(1) = mean) reach it: a standard deviation that large or larger is taken as that limit.
    /// </remarks>
    /// <param name="mean">0..1.</param>
    /// <param name="sd">0 or more.</param>
    /// <param name="u">Above 0, below 1.</param>
    internal static double Of(double mean, double sd, double u)
    {
        var widest = mean * (1 - mean);
        var variance = sd * sd;
        if (variance == 0 || widest == 0)
            return mean;
        var nu = widest / variance - 1;
        if (Math.Min(mean, 1 - mean) * nu < NearlyTwoPoints)
            return u > 1 - mean ? 1 : 0;
        if (ShapeOf(mean, nu) is not { } shape)
            return SkewedNormal(mean, sd, nu, u);
        var x = shape.Scale * OfShape(shape.A, shape.B, shape.Mirrored ? 1 - u : u);
        return shape.Mirrored ? 1 - x : x;
    }

    /// <summary>x is Scale times a Beta(A, B), or 1 minus that.</summary>
    internal readonly record struct Shape(double A, double B, double Scale = 1, bool Mirrored = false);

    /// <summary>The shape to compute with, or null where a limiting form without one is as good.</summary>
    internal static Shape? ShapeOf(double mean, double nu)
    {
        if (Math.Min(mean, 1 - mean) * nu < NearlyTwoPoints)
            return null;
        if (nu <= Concentrated)
            return new Shape(mean * nu, (1 - mean) * nu);
        if (Math.Min(mean, 1 - mean) * nu > NearlyNormal)
            return null;

        // Hugging 0 or 1 the Beta is a Gamma distribution: its shape is the small parameter, and its scale goes as 1 / (a + b).
        var small = Math.Min(mean, 1 - mean) * nu;
        return new Shape(small, Concentrated - small, Concentrated / nu, Mirrored: mean >= 0.5);
    }

    internal static double OfShape(double a, double b, double u) => u <= 0.5 ? Lower(a, b, u) : 1 - Lower(b, a, 1 - u);

    /// <summary>
    /// The quantile for u up to 1/2, by Newton's method for ln F = ln u in y = logit x. There the density is log-concave, so ln F is
    /// concave and increasing: Newton cannot overshoot to the right, and converges from wherever it starts.
    /// </summary>
    private static double Lower(double a, double b, double u)
    {
        var logBeta = LogBeta(a, b);
        var logTarget = Math.Log(u);

        // F(x) is about x^a / (a B(a, b)) for small x.
        var logX = (logTarget + Math.Log(a) + logBeta) / a;
        if (logX < LogSmallest)
            return 0;
        var y = logX < -0.7 ? logX - Math.Log(1 - Math.Exp(logX)) : Math.Log(a / b);
        for (var round = 0; round < 100; round++)
        {
            var (logCdf, slope) = LogCdf(a, b, logBeta, y);
            var step = (logCdf - logTarget) / slope;
            y = Math.Max(y - step, LogSmallest);

            // From the left the root is never passed, and beyond this x is 1 to the last bit.
            if (y > LogitOfOne)
                return 1;

            // Convergence is quadratic: after a step this small the next one is below rounding.
            if (Math.Abs(step) < 1e-8)
                break;
        }

        return 1 / (1 + Math.Exp(-y));
    }

    internal static double LogBeta(double a, double b) =>
        SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);

    /// <summary>ln F and its derivative by y at x = 1 / (1 + e^-y).</summary>
    internal static (double LogCdf, double Slope) LogCdf(double a, double b, double logBeta, double y)
    {
        var (x, rest) = (1 / (1 + Math.Exp(-y)), 1 / (1 + Math.Exp(y)));

        // x^a (1-x)^b / B is both the derivative of F by y and the factor of the continued fraction.
        var logFront = a * Math.Log(x) + b * Math.Log(rest) - logBeta;
        if (x < (a + 1) / (a + b + 2))
        {
            var ratio = ContinuedFraction(a, b, x) / a;
            return (logFront + Math.Log(ratio), 1 / ratio);
        }

        var front = Math.Exp(logFront);
        var cdf = 1 - front * ContinuedFraction(b, a, rest) / b;
        return (Math.Log(cdf), front / cdf);
    }

    /// <summary>I_x(a, b) = x^a (1-x)^b / (a B(a, b)) times this fraction (DLMF 8.17.22, evaluated by the modified Lentz method).</summary>
    private static double ContinuedFraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        var (c, d) = (1.0, NotZero(1 - (a + b) * x / (a + 1)));
        d = 1 / d;
        var fraction = d;
        for (var k = 1; k < 10_000; k++)
        {
            var even = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k));
            (c, d) = (NotZero(1 + even / c), 1 / NotZero(1 + even * d));
            fraction *= c * d;
            var odd = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1));
            (c, d) = (NotZero(1 + odd / c), 1 / NotZero(1 + odd * d));
            fraction *= c * d;
            if (Math.Abs(c * d - 1) < 1e-15)
                break;
        }

        return fraction;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    /// <summary>Cornish-Fisher expansion to the skewness, kept inside [0, 1].</summary>
    private static double SkewedNormal(double mean, double sd, double nu, double u)
    {
        var z = Normal.InvCDF(0, 1, u);
        var skewness = 2 * (1 - 2 * mean) / ((nu + 2) * sd);
        return Math.Clamp(mean + sd * (z + skewness * (z * z - 1) / 6), 0, 1);
    }
}
