namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Importance sampling of the sets S of modes that obtain: a draw contributes x = P(S) / P'(S) * P(all fail | S), whose mean is
/// P(all fail). Vulnerabilities are never drawn (Rao-Blackwell). P' is a mixture (Owen and Zhou 2000): half from likelihoods fitted
/// to the failing cases by the cross-entropy method (Rubinstein 1999), half from the model's own, raised by several factors. The
/// model's own are among them, so no draw can weigh more than 12, and the standard error can be believed.
/// Numbers come from Philox counters (draw, block of four modes, stage): the same seed gives the same estimate everywhere.
/// </summary>
internal sealed class ModeDraws(LayeredPart part, double residual, long seed)
{
    /// <summary>Draws for each of the two fits.</summary>
    private const int Pilot = 1 << 13;

    /// <summary>The model's likelihoods times this, up to a half.</summary>
    private static readonly double[] Tilts = [1, 2, 4, 8, 16, 32];

    /// <summary>The stream of numbers; other uses of the same seed have other keys.</summary>
    private const ulong Key = 1;

    /// <summary>Most likely that a mode is drawn, if the model has it less likely: both cases must come up.</summary>
    private const double MostLikely = 0.9;

    private readonly double[] _q = new double[part.Techniques];
    private readonly int[] _drawn = new int[part.FailureModes];

    /// <summary>What draws add up to.</summary>
    /// <param name="Variance">Of the mean; between the components there is none, since each gets its number of draws.</param>
    /// <param name="ByMode">Sum of x over the draws in which each mode obtains.</param>
    internal sealed record Tally(int Draws, double Sum, double SumOfSquares, double Variance, double[] ByMode)
    {
        internal double Mean => Sum / Draws;

        internal double EffectiveDraws => SumOfSquares == 0 ? 0 : Sum * Sum / SumOfSquares;
    }

    internal Tally Estimate(int draws)
    {
        var fitted = Draw(Mixture(null, Pilot), 0);
        fitted = Draw(Mixture(fitted, Pilot), 1);
        return Draw(Mixture(fitted, draws), 2);
    }

    /// <summary>What modes are drawn by, and how often.</summary>
    private readonly record struct Component(int Draws, double[] Likelihoods);

    private Component[] Mixture(Tally? failing, int draws)
    {
        double[] model = [.. part.Likelihoods];
        var fits = failing is { Sum: > 0 };
        var each = (fits ? draws / 2 : draws) / Tilts.Length;
        var tilted = Tilts.Select(tilt => new Component(each, Array.ConvertAll(model, pi => Math.Max(pi, Math.Min(0.5, pi * tilt)))));
        if (!fits) return [.. tilted];
        var fitted = model.Select((pi, j) => Math.Clamp(failing!.ByMode[j] / failing.Sum, pi, Math.Max(pi, MostLikely)));
        return [new Component(draws - each * Tilts.Length, [.. fitted]), .. tilted];
    }

    private Tally Draw(Component[] mixture, int stage)
    {
        var (ratios, byMode, first) = (new Ratios(part, mixture), new double[part.FailureModes], 0);
        var (sum, squares, variance) = (0.0, 0.0, 0.0);
        foreach (var component in mixture)
        {
            var (own, ownSquares) = (0.0, 0.0);
            for (var draw = first; draw < first + component.Draws; draw++)
            {
                var x = Draw(component.Likelihoods, draw, stage, ratios, byMode);
                (own, ownSquares) = (own + x, ownSquares + x * x);
            }

            first += component.Draws;
            (sum, squares) = (sum + own, squares + ownSquares);
            variance += Math.Max(0, ownSquares - own * own / component.Draws) * component.Draws / (component.Draws - 1);
        }

        return new Tally(first, sum, squares, variance / first / first, byMode);
    }

    private double Draw(double[] likelihoods, int draw, int stage, Ratios ratios, double[] byMode)
    {
        part.Own.CopyTo(_q);
        ratios.Clear();
        var (count, words) = (0, default(Philox.Words));
        for (var j = 0; j < likelihoods.Length; j++)
        {
            if (j % 4 == 0) words = Philox.Of(new Philox.Words((ulong)draw, (ulong)j / 4, (ulong)stage, 0), (ulong)seed, Key);
            var obtains = (words[j % 4] >> 11) * (1.0 / (1L << 53)) < likelihoods[j];
            ratios.Add(j, obtains);
            if (!obtains) continue;
            _drawn[count++] = j;
            LayeredPart.Obtain(_q, part.Column(j), _q);
        }

        var x = LayeredPart.AllFail(_q, residual) / ratios.Mean();
        foreach (var j in _drawn.AsSpan(0, count)) byMode[j] += x;
        return x;
    }

    /// <summary>P'(S) / P(S), mode by mode in logarithms, for each component of the mixture.</summary>
    private sealed class Ratios
    {
        private readonly double[] _shares;
        private readonly double[] _logs;
        private readonly double[] _obtains;
        private readonly double[] _doesNot;

        internal Ratios(LayeredPart part, Component[] mixture)
        {
            var draws = (double)mixture.Sum(component => component.Draws);
            _shares = Array.ConvertAll(mixture, component => component.Draws / draws);
            _logs = new double[mixture.Length];
            double[] Of(Func<double, double, double> ratio) =>
                [.. Enumerable.Range(0, part.FailureModes).SelectMany(j =>
                    mixture.Select(component => Math.Log(ratio(component.Likelihoods[j], part.Likelihoods[j]))))];
            _obtains = Of((drawn, pi) => drawn / pi);
            _doesNot = Of((drawn, pi) => (1 - drawn) / (1 - pi));
        }

        internal void Clear() => Array.Clear(_logs);

        internal void Add(int mode, bool obtains)
        {
            var ratios = (obtains ? _obtains : _doesNot).AsSpan(mode * _logs.Length, _logs.Length);
            for (var c = 0; c < _logs.Length; c++) _logs[c] += ratios[c];
        }

        internal double Mean()
        {
            var mean = 0.0;
            for (var c = 0; c < _logs.Length; c++) mean += _shares[c] * Math.Exp(_logs[c]);
            return mean;
        }
    }
}
