using System.Runtime.Intrinsics;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>The criticality (R - R0) / R of every failure mode for one portfolio in every draw.</summary>
internal sealed class DrawnImportance
{
    private readonly double[][] _criticality;

    /// <param name="portfolio">Bit mask of its techniques.</param>
    internal DrawnImportance(RiskDraws drawn, int portfolio, CancellationToken token = default)
    {
        var model = drawn.Knowledge.Model;
        _criticality = [.. model.FailureModes.Select(_ => new double[drawn.Draws])];
        var sides = new BothSides(model.Techniques.Count, model.FailureModes.Count);
        var (draw, risk) = (0, Vector256<double>.Zero);
        Action<int> visit = Keep;
        for (; draw < drawn.Draws; draw += Vector256<double>.Count)
        {
            token.ThrowIfCancellationRequested();
            for (var j = 0; j < sides.Modes.Length; j++)
            {
                sides.Modes[j].Touched = drawn.Load(j, draw, sides.Modes[j].Vulnerability);
                sides.Modes[j].Likelihood = drawn.Inputs.Likelihoods[j].From(draw);
            }

            risk = sides.Forward(portfolio);
            sides.Backward(portfolio, visit);
        }

        void Keep(int mode)
        {
            var without = sides.Without(mode);
            for (var lane = 0; lane < Math.Min(Vector256<double>.Count, drawn.Draws - draw); lane++)
                _criticality[mode][draw + lane] = Of(risk[lane], without[lane]);
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
}
