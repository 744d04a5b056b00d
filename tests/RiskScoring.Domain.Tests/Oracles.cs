namespace AlignmentMesh.RiskScoring.Domain.Tests;

/// <summary>The definition of R(T), written down twice more, slowly and literally.</summary>
internal static class Oracles
{
    /// <summary>Sum over all sets S of modes that obtain of P(S) times the product over T of 1 - prod over S of (1 - v_ij).</summary>
    internal static double ByModeSets(RiskModel model, int portfolio)
    {
        var joint = 0.0;
        for (var s = 0; s < 1 << model.FailureModes.Count; s++)
        {
            var term = 1.0;
            for (var j = 0; j < model.FailureModes.Count; j++)
                term *= (s >> j & 1) == 1 ? model.Likelihoods[j] : 1 - model.Likelihoods[j];
            foreach (var i in Models.Bits(portfolio))
            {
                var survives = 1.0;
                foreach (var j in Models.Bits(s))
                    survives *= 1 - model.Means(j)[i];
                term *= 1 - survives;
            }

            joint += term;
        }

        return joint;
    }

    /// <summary>The same sum with P(at least k of all techniques fail | S), counted one failed set at a time.</summary>
    internal static double AtLeastByModeSets(RiskModel model, int k) =>
        Enumerable.Range(0, 1 << model.FailureModes.Count).Sum(s =>
        {
            var (given, modes) = (1.0, Models.Bits(s));
            for (var j = 0; j < model.FailureModes.Count; j++)
                given *= (s >> j & 1) == 1 ? model.Likelihoods[j] : 1 - model.Likelihoods[j];
            double[] holds = [.. model.Means().Select(row => modes.Aggregate(1.0, (left, j) => left * (1 - row[j])))];
            return given * Enumerable.Range(0, 1 << holds.Length).Where(failed => int.PopCount(failed) >= k)
                .Sum(failed => holds.Select((hold, i) => (failed >> i & 1) == 1 ? 1 - hold : hold).Aggregate(1.0, (p, q) => p * q));
        });

    /// <summary>The same sum with (1 - b) times the product plus b times the least of the 1 - prod over S of (1 - v_ij).</summary>
    internal static double ResidualByModeSets(RiskModel model, double beta)
    {
        var joint = 0.0;
        for (var s = 0; s < 1 << model.FailureModes.Count; s++)
        {
            var term = 1.0;
            for (var j = 0; j < model.FailureModes.Count; j++)
                term *= (s >> j & 1) == 1 ? model.Likelihoods[j] : 1 - model.Likelihoods[j];
            double[] fails = [.. model.Means().Select(row => 1 - Models.Bits(s).Aggregate(1.0, (holds, j) => holds * (1 - row[j])))];
            joint += term * ((1 - beta) * fails.Aggregate(1.0, (p, q) => p * q) + beta * fails.Min());
        }

        return joint;
    }

    /// <summary>Sum over U in T of (-1)^|U| G(U), with G(U) = P(no technique of U fails), exactly.</summary>
    internal static double ByInclusionAndExclusion(RiskModel model, int portfolio) =>
        ExactByInclusionAndExclusion(model, portfolio).ToDouble();

    internal static Dyadic ExactByInclusionAndExclusion(RiskModel model, int portfolio)
    {
        var joint = Dyadic.One - Dyadic.One;
        for (var u = portfolio; ; u = (u - 1) & portfolio)
        {
            joint = int.IsOddInteger(int.PopCount(u)) ? joint - NoneFails(model, u) : joint + NoneFails(model, u);
            if (u == 0)
                return joint;
        }
    }

    /// <summary>f summed over all supersets, straight from the definition.</summary>
    internal static double[] SumOverSupersets(double[] f) =>
        [.. Enumerable.Range(0, f.Length).Select(a => Enumerable.Range(0, f.Length).Where(b => (a & b) == a).Sum(b => f[b]))];

    /// <summary>p after every failure mode, one failed set at a time: what the wide loops must give to the last bit.</summary>
    internal static double[] FailedSetsOneByOne(RiskModel model)
    {
        var p = new double[1 << model.Techniques.Count];
        p[0] = 1;
        for (var j = 0; j < model.FailureModes.Count; j++)
        {
            var likelihood = model.Likelihoods[j];
            var s = p.Select(x => likelihood * x).ToArray();
            for (var i = 0; i < model.Techniques.Count; i++)
                for (var a = 0; a < s.Length; a++)
                    if ((a >> i & 1) == 0)
                        (s[a | 1 << i], s[a]) = (s[a | 1 << i] + model.Means(j)[i] * s[a], (1 - model.Means(j)[i]) * s[a]);
            p = [.. p.Select((x, a) => (1 - likelihood) * x + s[a])];
        }

        return p;
    }

    /// <summary>
    /// Standard deviation of R over independent cells and likelihoods: E[R^2] is the chance that two copies of the world with the same
    /// unknown numbers both fail, summed over the modes that obtain in each (4^m terms).
    /// </summary>
    internal static double SdByTwoCopies(RiskModel model, double[] likelihoodSds, int portfolio)
    {
        var m = model.FailureModes.Count;
        var square = 0.0;
        for (var first = 0; first < 1 << m; first++)
            for (var second = 0; second < 1 << m; second++)
                square += Both(first, second);
        var mean = ByModeSets(model, portfolio);
        return Math.Sqrt(square - mean * mean);

        double Both(int first, int second)
        {
            var term = 1.0;
            for (var j = 0; j < m; j++)
            {
                var (pi, variance) = (model.Likelihoods[j], j < likelihoodSds.Length ? likelihoodSds[j] * likelihoodSds[j] : 0);
                term *= (first >> j & 1, second >> j & 1) switch
                {
                    (1, 1) => pi * pi + variance,
                    (0, 0) => (1 - pi) * (1 - pi) + variance,
                    _ => pi * (1 - pi) - variance,
                };
            }

            // P(fails in both) = 1 - P(holds in the first) - P(holds in the second) + P(holds in both).
            foreach (var i in Models.Bits(portfolio))
                term *= 1 - Holds(i, first, 0) - Holds(i, second, 0) + Holds(i, first, second);
            return term;
        }

        double Holds(int i, int first, int second) => Enumerable.Range(0, m).Aggregate(1.0, (product, j) =>
        {
            var cell = model.Cells(j)[i];
            var times = (first >> j & 1) + (second >> j & 1);
            return product * (times == 0 ? 1 : times == 1 ? 1 - cell.Mean : (1 - cell.Mean) * (1 - cell.Mean) + cell.Sd * cell.Sd);
        });
    }

    private static Dyadic NoneFails(RiskModel model, int techniques)
    {
        var none = Dyadic.One;
        for (var j = 0; j < model.FailureModes.Count; j++)
        {
            var survive = Dyadic.One;
            foreach (var i in Models.Bits(techniques))
                survive *= Dyadic.One - Dyadic.Of(model.Means(j)[i]);
            none *= Dyadic.One - Dyadic.Of(model.Likelihoods[j]) * (Dyadic.One - survive);
        }

        return none;
    }
}
