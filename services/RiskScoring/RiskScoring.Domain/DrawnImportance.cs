using System.Runtime.Intrinsics;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// The criticality (R - R0) / R of every failure mode for one portfolio in every draw. R0 of all modes takes two passes: with r before
/// each mode from the front, and the weights w of what comes after it from the back, R without the mode is the sum of w r. All
/// terms are positive.
/// </summary>
internal sealed class DrawnImportance
{
    private readonly double[][] _criticality;

    /// <param name="portfolio">Bit mask of its techniques.</param>
    internal DrawnImportance(RiskDraws drawn, int portfolio, CancellationToken token = default)
    {
        var model = drawn.Knowledge.Model;
        _criticality = [.. model.FailureModes.Select(_ => new double[drawn.Draws])];
        var pass = new Pass(drawn, portfolio);
        for (var draw = 0; draw < drawn.Draws; draw += Vector256<double>.Count)
        {
            token.ThrowIfCancellationRequested();
            pass.Run(draw);
            for (var j = 0; j < _criticality.Length; j++)
                for (var lane = 0; lane < Math.Min(Vector256<double>.Count, drawn.Draws - draw); lane++)
                    _criticality[j][draw + lane] = Of(pass.Risk[lane], pass.Without[j][lane]);
        }
    }

    /// <summary>In every draw, 0..1; 0 where the portfolio has no risk at all.</summary>
    internal ReadOnlySpan<double> Criticality(int failureMode) => _criticality[failureMode];

    /// <summary>P(most critical), P(second), ... and the mean place of one failure mode; equals share the better place.</summary>
    internal (double[] Places, double Mean) Ranks(int failureMode)
    {
        var ahead = new long[_criticality[failureMode].Length];
        for (var other = 0; other < _criticality.Length; other++)
            if (other != failureMode)
                for (var k = 0; k < ahead.Length; k++)
                    if (_criticality[other][k] > _criticality[failureMode][k] + RiskDraws.Rounding)
                        ahead[k]++;
        return DrawnRanks.Places(ahead, _criticality.Length);
    }

    // R never falls when a mode is added; two roundings may say so.
    private static double Of(double risk, double without) => risk == 0 ? 0 : Math.Max(0, (risk - without) / risk);

    private sealed class Pass
    {
        private readonly RiskDraws _drawn;
        private readonly int _portfolio;
        private readonly Vector256<double>[][] _before;
        private readonly Vector256<double>[][] _vulnerability;
        private readonly uint[] _touched;
        private readonly Vector256<double>[] _weights;
        private readonly Vector256<double>[] _scratch;

        internal Pass(RiskDraws drawn, int portfolio)
        {
            (_drawn, _portfolio) = (drawn, portfolio);
            var model = drawn.Knowledge.Model;
            _before = [.. model.FailureModes.Append("").Select(_ => new Vector256<double>[drawn.Portfolios])];
            _vulnerability = [.. model.FailureModes.Select(_ => new Vector256<double>[model.Techniques.Count])];
            _touched = new uint[model.FailureModes.Count];
            (_weights, _scratch) = (new Vector256<double>[drawn.Portfolios], new Vector256<double>[drawn.Portfolios]);
            Without = new Vector256<double>[model.FailureModes.Count];
        }

        internal Vector256<double> Risk { get; private set; }

        internal Vector256<double>[] Without { get; }

        internal void Run(int draw)
        {
            var likelihoods = _drawn.Inputs.Likelihoods;
            Array.Clear(_before[0]);
            _before[0][0] = Vector256<double>.One;
            for (var j = 0; j < Without.Length; j++)
            {
                _touched[j] = _drawn.Load(j, draw, _vulnerability[j]);
                _before[j].CopyTo(_before[j + 1], 0);
                DrawnSteps.Mode(_before[j + 1], _scratch, likelihoods[j].From(draw), _vulnerability[j], _touched[j]);
            }

            Risk = _before[^1][_portfolio];
            Array.Clear(_weights);
            _weights[_portfolio] = Vector256<double>.One;
            for (var j = Without.Length - 1; j >= 0; j--)
            {
                Without[j] = Sum(_weights, _before[j]);
                DrawnSteps.ModeBackwards(_weights, _scratch, likelihoods[j].From(draw), _vulnerability[j], _touched[j]);
            }
        }

        private static Vector256<double> Sum(Vector256<double>[] weights, Vector256<double>[] r)
        {
            var sum = Vector256<double>.Zero;
            for (var set = 0; set < weights.Length && set < r.Length; set++)
                sum += weights[set] * r[set];
            return sum;
        }
    }
}
