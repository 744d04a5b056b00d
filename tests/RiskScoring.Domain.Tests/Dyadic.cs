using System.Numerics;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

/// <summary>The number mantissa * 2^-places. Every double is one, and sums, differences and products are exact.</summary>
internal readonly record struct Dyadic(BigInteger Mantissa, int Places)
{
    internal static readonly Dyadic One = new(BigInteger.One, 0);

    internal static Dyadic Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52 & 0x7FF);
        var fraction = bits & 0xFFFFFFFFFFFFF;
        return exponent == 0 ? new(fraction, 1074) : new Dyadic(fraction | 1L << 52, 1075 - exponent).WithoutNegativePlaces();
    }

    public static Dyadic operator +(Dyadic left, Dyadic right)
    {
        var places = Math.Max(left.Places, right.Places);
        return new((left.Mantissa << (places - left.Places)) + (right.Mantissa << (places - right.Places)), places);
    }

    public static Dyadic operator -(Dyadic left, Dyadic right) => left + new Dyadic(-right.Mantissa, right.Places);

    public static Dyadic operator *(Dyadic left, Dyadic right) => new(left.Mantissa * right.Mantissa, left.Places + right.Places);

    /// <summary>Within a unit in the last place.</summary>
    internal double ToDouble()
    {
        var drop = (int)Mantissa.GetBitLength() - 64;
        var kept = drop > 0 ? Mantissa >> drop : Mantissa;
        return Math.ScaleB((double)kept, Math.Max(drop, 0) - Places);
    }

    private Dyadic WithoutNegativePlaces() => Places >= 0 ? this : new(Mantissa << -Places, 0);
}
