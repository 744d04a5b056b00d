using System.Runtime.Intrinsics;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// What comes before and after every failure mode, for four models at once: r from the front as <see cref="DrawnSteps"/> computes it,
/// and from the back the weights w of the modes behind, so that for any mode R of one portfolio is the sum of w r, with r before the
/// mode where it is left out and r after it where it is changed. Two passes for all modes, and all terms are positive.
/// </summary>
internal sealed class BothSides
{
    private readonly Vector256<double>[][] _before;
    private readonly Vector256<double>[] _weights;
    private readonly Vector256<double>[] _changed;
    private readonly Vector256<double>[] _scratch;

    internal BothSides(int techniques, int modes)
    {
        _before = [.. Enumerable.Range(0, modes + 1).Select(_ => new Vector256<double>[1 << techniques])];
        (_weights, _changed, _scratch) = (Table(), Table(), Table());
        Modes = [.. Enumerable.Range(0, modes).Select(_ => new Mode(techniques))];

        Vector256<double>[] Table() => new Vector256<double>[1 << techniques];
    }

    /// <summary>The models; for the caller to fill.</summary>
    internal Mode[] Modes { get; }

    /// <summary>From the front to the back.</summary>
    /// <returns>R of the portfolio, a bit mask.</returns>
    internal Vector256<double> Forward(int portfolio)
    {
        Array.Clear(_before[0]);
        _before[0][0] = Vector256<double>.One;
        for (var j = 0; j < Modes.Length; j++)
        {
            _before[j].CopyTo(_before[j + 1], 0);
            DrawnSteps.Mode(_before[j + 1], _scratch, Modes[j].Likelihood, Modes[j].Vulnerability, Modes[j].Touched);
        }

        return _before[^1][portfolio];
    }

    /// <summary>From the back to the front; at every mode the weights are those of the modes behind it.</summary>
    internal void Backward(int portfolio, Action<int> visit)
    {
        Array.Clear(_weights);
        _weights[portfolio] = Vector256<double>.One;
        for (var j = Modes.Length - 1; j >= 0; j--)
        {
            visit(j);
            DrawnSteps.ModeBackwards(_weights, _scratch, Modes[j].Likelihood, Modes[j].Vulnerability, Modes[j].Touched);
        }
    }

    /// <summary>R with the visited mode impossible.</summary>
    internal Vector256<double> Without(int mode) => Sum(_before[mode]);

    /// <summary>R with another mode in the place of the visited one.</summary>
    internal Vector256<double> With(int mode, Mode other)
    {
        _before[mode].CopyTo(_changed, 0);
        DrawnSteps.Mode(_changed, _scratch, other.Likelihood, other.Vulnerability, other.Touched);
        return Sum(_changed);
    }

    private Vector256<double> Sum(Vector256<double>[] r)
    {
        var sum = Vector256<double>.Zero;
        for (var set = 0; set < _weights.Length && set < r.Length; set++)
            sum += _weights[set] * r[set];
        return sum;
    }

    /// <summary>One failure mode of four models.</summary>
    internal sealed class Mode(int techniques)
    {
        internal Vector256<double> Likelihood { get; set; }

        internal Vector256<double>[] Vulnerability { get; } = new Vector256<double>[techniques];

        /// <summary>Bit i: some of the models let the mode overcome technique i.</summary>
        internal uint Touched { get; set; }
    }
}
