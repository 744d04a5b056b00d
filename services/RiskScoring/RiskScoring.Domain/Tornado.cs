using System.Runtime.Intrinsics;
using AlignmentMesh.Contracts;
using MathNet.Numerics.Distributions;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// The risk of a portfolio with one thing that is not known at its 5 % and its 95 % quantile and all else at its mean, widest swing
/// first. R is linear in every number, so for one cell or likelihood the two ends say all there is to say. An organisation's leaning
/// moves all that it rated, each as far as its share in it.
/// </summary>
internal sealed class Tornado
{
    private const double Tail = 0.05;

    private readonly RiskKnowledge _knowledge;
    private readonly int[] _portfolio;
    private readonly UncertainInput[][] _moved;
    private readonly BothSides _sides;
    private readonly UncertaintySwing[] _swings;

    private Tornado(RiskKnowledge knowledge, int[] portfolio)
    {
        (_knowledge, _portfolio) = (knowledge, portfolio);
        var byFactor = knowledge.Inputs.SelectMany(input => input.Factors.Select(factor => (factor, input)))
            .ToLookup(pair => pair.factor, pair => pair.input);
        _moved = [.. knowledge.Factors.Select((_, factor) => byFactor[factor].ToArray())];
        _sides = new BothSides(portfolio.Length, knowledge.Model.FailureModes.Count);
        _swings = new UncertaintySwing[_moved.Length];
    }

    /// <param name="portfolio">Indexes of its techniques.</param>
    internal static IReadOnlyList<UncertaintySwing> Of(RiskKnowledge knowledge, int[] portfolio, CancellationToken token = default)
    {
        var tornado = new Tornado(knowledge, portfolio);
        tornado.Measure(token);
        return [.. tornado._swings.OrderByDescending(swing => swing.High - swing.Low)];
    }

    private void Measure(CancellationToken token)
    {
        // Most move one mode only, and then everything before and behind it stays as it is.
        var single = Enumerable.Range(0, _moved.Length).Where(factor => _moved[factor].DistinctBy(input => input.FailureMode).Count() == 1)
            .ToLookup(factor => _moved[factor][0].FailureMode);
        for (var j = 0; j < _sides.Modes.Length; j++)
            Fill(_sides.Modes[j], j, []);
        var all = (1 << _portfolio.Length) - 1;
        _sides.Forward(all);
        var changed = new BothSides.Mode(_portfolio.Length);
        _sides.Backward(all, mode =>
        {
            token.ThrowIfCancellationRequested();
            foreach (var factor in single[mode])
            {
                Fill(changed, mode, _moved[factor]);
                Record(factor, _sides.With(mode, changed));
            }
        });
        for (var factor = 0; factor < _moved.Length; factor++)
            if (_swings[factor] is null)
            {
                for (var j = 0; j < _sides.Modes.Length; j++)
                    Fill(_sides.Modes[j], j, [.. _moved[factor].Where(input => input.FailureMode == j)]);
                Record(factor, _sides.Forward(all));
            }
    }

    private void Record(int factor, Vector256<double> risk)
    {
        var (kind, name) = _knowledge.Factors[factor];
        _swings[factor] = new UncertaintySwing(kind, name, risk[0], risk[1]);
    }

    /// <summary>The mode at its means, but for what is moved: in the first model to the lower end, in the second to the upper.</summary>
    private void Fill(BothSides.Mode into, int mode, UncertainInput[] moved)
    {
        var model = _knowledge.Model;
        into.Likelihood = Vector256.Create(model.Likelihoods[mode]);
        into.Touched = (1u << _portfolio.Length) - 1;
        for (var i = 0; i < _portfolio.Length; i++)
            into.Vulnerability[i] = Vector256.Create(model.Means(mode)[_portfolio[i]]);
        foreach (var input in moved)
            if (input.Technique is not { } technique)
                into.Likelihood = Ends(input);
            else if (Array.IndexOf(_portfolio, technique) is >= 0 and var place)
                into.Vulnerability[place] = Ends(input);
    }

    private static Vector256<double> Ends(UncertainInput input)
    {
        var (low, high) = (At(Tail), At(1 - Tail));
        return Vector256.Create(low, high, input.Mean, input.Mean);

        double At(double quantile) => BetaQuantile.Of(input.Mean, input.Sd, ShareOf(quantile, input.Factors.Count));
    }

    /// <summary>The uniform of a number of which one of so many factors is at the quantile and the others in the middle.</summary>
    private static double ShareOf(double quantile, int factors) => factors == 1
        ? quantile
        : Normal.CDF(0, 1, Normal.InvCDF(0, 1, quantile) / Math.Sqrt(factors));
}
