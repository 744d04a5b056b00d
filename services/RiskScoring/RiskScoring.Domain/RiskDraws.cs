using System.Globalization;
using System.Runtime.Intrinsics;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// What is not known of a model's numbers, carried to the risk of every portfolio: R of all 2^n portfolios in each of N Latin
/// hypercube draws. Every portfolio meets the same draws, so differences and ranks have the sampling error of a difference only.
/// The same knowledge, seed and number of draws give the same bits on one platform; on any two the strata are the same and the
/// numbers agree to the rounding of their exponential and logarithm functions.
/// </summary>
public sealed class RiskDraws
{
    public const int FewestDraws = 100;
    public const int MostDraws = 100_000;

    /// <summary>Most draws times portfolios, 128 MB, and times numbers of the model.</summary>
    public const int MostNumbers = 1 << 24;

    /// <summary>
    /// Most draws times failure modes times techniques times portfolios, and times pairs of failure modes: a second or two, with what
    /// is read off them.
    /// </summary>
    public const long MostSteps = 2_000_000_000;

    /// <summary>Largest seed: the whole numbers that JSON carries everywhere.</summary>
    public const long LargestSeed = (1L << 53) - 1;

    /// <summary>Two risks of one draw that differ by less than this share are the same number up to rounding.</summary>
    internal const double Rounding = 1e-12;

    private readonly double[] _joint;
    private readonly int _padded;

    private RiskDraws(RiskKnowledge knowledge, int draws, long seed)
    {
        (Knowledge, Draws, Seed) = (knowledge, draws, seed);
        _padded = (draws + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;
        _joint = new double[(long)_padded << knowledge.Model.Techniques.Count];
        Inputs = new DrawnInputs(knowledge, draws, _padded, seed);
    }

    public RiskKnowledge Knowledge { get; }

    public int Draws { get; }

    public long Seed { get; }

    /// <summary>As many as the bit masks of portfolios, the empty one included.</summary>
    public int Portfolios => 1 << Knowledge.Model.Techniques.Count;

    internal DrawnInputs Inputs { get; }

    /// <param name="draws"><see cref="FewestDraws"/>..<see cref="MostDraws"/>, less where the model is large.</param>
    /// <param name="seed">0..<see cref="LargestSeed"/>.</param>
    /// <exception cref="RiskInputException">Too many techniques, draws outside the limits, or a seed that is not as described.</exception>
    public static RiskDraws Of(RiskKnowledge knowledge, int draws, long seed, CancellationToken token = default)
    {
        ThrowUnlessWithinLimits(knowledge.Model, draws, seed);
        var drawn = new RiskDraws(knowledge, draws, seed);
        drawn.Fill(token);
        return drawn;
    }

    /// <summary>R of one portfolio in every draw.</summary>
    /// <param name="portfolio">Bit i is technique i; the empty portfolio has 1.</param>
    public ReadOnlySpan<double> Risks(int portfolio) => _joint.AsSpan(portfolio * _padded, Draws);

    /// <summary>The usual number of draws, or as many as the model allows.</summary>
    /// <exception cref="RiskInputException">Too many techniques.</exception>
    public static int Standard(RiskModel model) => Math.Min(ScoreUncertainty.StandardDraws, Most(model));

    private static int Most(RiskModel model)
    {
        var (n, m) = (model.Techniques.Count, model.FailureModes.Count);
        if (n > ScoreRisk.LargestListed)
            throw new RiskInputException("techniques", Text(n), $"at most {ScoreRisk.LargestListed}, or a portfolio of at most as many");
        var steps = Math.Max((long)m * n << n, (long)m * m);
        var numbers = Math.Max(1L << n, m * (n + 1L));
        return (int)Math.Min(MostDraws, Math.Min(MostNumbers / numbers, MostSteps / Math.Max(1, steps)));
    }

    private static void ThrowUnlessWithinLimits(RiskModel model, int draws, long seed)
    {
        var (n, m, most) = (model.Techniques.Count, model.FailureModes.Count, Most(model));
        if (most < FewestDraws)
            throw new RiskInputException("failureModes", Text(m), $"fewer beside {n} techniques, or a portfolio of fewer");
        if (draws < FewestDraws || draws > most)
            throw new RiskInputException("draws", Text(draws), $"{FewestDraws}..{most} for {n} techniques and {m} failure modes");
        if (seed is < 0 or > LargestSeed)
            throw new RiskInputException("seed", Text(seed), $"0..{LargestSeed}");
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private void Fill(CancellationToken token)
    {
        var (n, m) = (Knowledge.Model.Techniques.Count, Knowledge.Model.FailureModes.Count);
        var (risks, scratch) = (new Vector256<double>[Portfolios], new Vector256<double>[Portfolios]);
        var vulnerability = new Vector256<double>[n];
        for (var draw = 0; draw < _padded; draw += Vector256<double>.Count)
        {
            token.ThrowIfCancellationRequested();
            Array.Clear(risks);
            risks[0] = Vector256<double>.One;
            for (var j = 0; j < m; j++)
            {
                var touched = Load(j, draw, vulnerability);
                DrawnSteps.Mode(risks, scratch, Inputs.Likelihoods[j].From(draw), vulnerability, touched);
            }

            for (var portfolio = 0; portfolio < risks.Length; portfolio++)
                Vector256.Min(risks[portfolio], Vector256<double>.One).CopyTo(_joint, portfolio * _padded + draw);
        }
    }

    /// <summary>The vulnerabilities to a mode, and which techniques have any.</summary>
    internal uint Load(int mode, int draw, Span<Vector256<double>> vulnerability)
    {
        var touched = 0u;
        for (var i = 0; i < vulnerability.Length; i++)
        {
            var cell = Inputs.Cells[mode * vulnerability.Length + i];
            if (cell.IsZero)
                continue;
            touched |= 1u << i;
            vulnerability[i] = cell.From(draw);
        }

        return touched;
    }
}
