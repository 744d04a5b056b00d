namespace AlignmentMesh.MatrixAggregation.Domain.Tests.Lenses;

/// <summary>Every lens transcribed from its formula, straight from the ratings and without regard to speed: the oracle.</summary>
internal static class SlowLenses
{
    private const double Eps = 2.220446049250313e-16;

    public static double? Value(string lens, Rating[] cell, IReadOnlyList<Rating[]> matrix)
    {
        var p = cell.Select(Point).ToArray();
        var bounded = cell.Where(rating => rating is { Best: not null, Lower: not null, Upper: not null }).ToArray();
        var n = cell.Length;
        return lens switch
        {
            "arithmetic-mean" => p.Average(),
            "organisation-balanced-mean" => ByOrganisation(cell).Average(own => own.Average()),
            "median-of-organisations" => Median(ByOrganisation(cell).Select(Median)),
            "median-of-organisation-means" => Median(ByOrganisation(cell).Select(own => own.Average())),
            "median" => Median(p),
            "trimmed-mean-10" => Trimmed(p, n),
            "geometric-mean" => Math.Pow(p.Aggregate(1.0, (product, x) => product * x), 1.0 / n),
            "geometric-mean-of-odds" => Odds(Math.Pow(p.Select(Clamp).Aggregate(1.0, (product, x) => product * (x / (1 - x))), 1.0 / n)),
            "log-odds-mean" => Odds(Math.Exp(p.Average(x => Math.Log(Inside(x)) - Math.Log(1 - Inside(x))))),
            "neyman-extremised-odds" => Odds(Math.Exp(Neyman(n) * p.Average(x => Math.Log(Clamp(x)) - Math.Log(1 - Clamp(x))))),
            "probit-mean" => Phi(p.Average(Quantile)),
            "beta-ar-mean" => MathNet.Numerics.SpecialFunctions.BetaRegularized(6, 6, p.Average()),
            "verdict-dirichlet" => Dirichlet(cell),
            "crisp" => cell.GroupBy(r => r.Organisation).Average(own => own.Average(r => Score(r))),
            _ when bounded.Length == 0 => null,
            "int-w-agg" => bounded.Sum(r => Best(r) / Width(r)) / bounded.Sum(r => 1 / Width(r)),
            "ind-int-w-agg" => bounded.Sum(r => Best(r) * Widest(r, matrix) / Width(r)) / bounded.Sum(r => Widest(r, matrix) / Width(r)),
            "distrib-ar-mean" => MedianOfMeanDistribution(bounded),
            "bay-tri-var" => TripleVariability(cell, bounded, matrix),
            _ => throw new ArgumentOutOfRangeException(nameof(lens), lens, "no lens"),
        };
    }

    private static double Point(Rating r) => r.Best ?? 0.15 + 0.35 * (int)r.Verdict!.Value;

    private static double Score(Rating r) => r.Verdict is { } verdict
        ? (int)verdict / 2.0
        : (r.Best < 1.0 / 3 ? 0 : 0.5) + (r.Best > 2.0 / 3 ? 0.5 : 0);

    private static double Best(Rating r) => r.Best!.Value;

    private static double Low(Rating r) => Math.Min(Best(r), r.Lower!.Value);

    private static double High(Rating r) => Math.Max(Best(r), r.Upper!.Value);

    private static double Width(Rating r) => High(r) - Low(r) < Eps ? Eps : High(r) - Low(r);

    private static double Clamp(double x) => x < 0.01 ? 0.01 : x > 0.99 ? 0.99 : x;

    private static double Inside(double x) => x < Eps ? Eps : x > 1 - Eps ? 1 - Eps : x;

    private static double Odds(double o) => o / (1 + o);

    private static double Neyman(double n) => n * (Math.Sqrt(3 * n * n - 3 * n + 1) - 2) / (n * n - n - 1);

    private static IEnumerable<double[]> ByOrganisation(Rating[] cell) =>
        cell.GroupBy(r => r.Organisation).Select(own => own.Select(Point).ToArray());

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Trimmed(double[] p, int n)
    {
        var cut = (int)Math.Round(0.1 * n);
        return p.Order().Skip(cut).SkipLast(cut).Average();
    }

    private static double Widest(Rating rater, IReadOnlyList<Rating[]> matrix) => Of(rater, matrix)
        .Where(r => r is { Best: not null, Lower: not null, Upper: not null }).Max(Width);

    private static IEnumerable<Rating> Of(Rating rater, IReadOnlyList<Rating[]> matrix) =>
        matrix.SelectMany(cell => cell).Where(r => r.Organisation == rater.Organisation && r.Rater == rater.Rater);

    private static double Sd(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var sd = all.Length < 2 ? 0 : Math.Sqrt(all.Sum(x => Math.Pow(x - all.Average(), 2)) / (all.Length - 1));
        return sd < Eps ? Eps : sd;
    }

    // Bayes' rule one rater after the other.
    private static double TripleVariability(Rating[] cell, Rating[] bounded, IReadOnlyList<Rating[]> matrix)
    {
        double mean = 0, precision = 3;
        foreach (var r in bounded)
        {
            var sigma = (High(r) - Low(r) + 0.01)
                * Math.Sqrt(Math.Pow(Sd(cell.Select(Point)), 2) + Math.Pow(Sd(Of(r, matrix).Select(Point)), 2));
            var x = 0.99 * Math.Max(Eps, Best(r));
            var more = Math.Pow(sigma, -2);
            mean = (precision * mean + more * Math.Log(x / (1 - x))) / (precision + more);
            precision += more;
        }

        return 1 / (1 + Math.Exp(-mean));
    }

    private static double Dirichlet(Rating[] cell)
    {
        double[] alpha = [0.5, 0.5, 0.5];
        foreach (var own in cell.GroupBy(r => r.Organisation))
            foreach (var r in own)
                alpha[(int)(2 * Score(r))] += 1 / (1 + (own.Count() - 1) * 0.5);
        return (alpha[1] / 2 + alpha[2]) / alpha.Sum();
    }

    // By bisection, with each distribution as it is defined.
    private static double MedianOfMeanDistribution(Rating[] bounded)
    {
        double F(Rating r, double x) =>
            x >= 1 ? 1
            : x < Low(r) ? 0.05 / Low(r) * x
            : x < Best(r) ? 0.45 / (Best(r) - Low(r)) * (x - Low(r)) + 0.05
            : x < High(r) ? 0.45 / (High(r) - Best(r)) * (x - Best(r)) + 0.5
            : 0.05 / (1 - High(r)) * (x - High(r)) + 0.95;
        var (low, high) = (-1e-12, 1.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (middle >= 0 && bounded.Average(r => F(r, middle)) >= 0.5)
                high = middle;
            else
                low = middle;
        }

        return high;
    }

    // Simpson's rule from the middle, as fine in the tails, where the quantile magnifies its error.
    private static double Phi(double x)
    {
        var steps = 2 * (1 + (int)Math.Ceiling(128 * Math.Abs(x)));
        double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        var h = x / steps;
        var sum = Density(0) + Density(x);
        for (var i = 1; i < steps; i++)
            sum += Density(i * h) * (i % 2 == 1 ? 4 : 2);
        return 0.5 + sum * h / 3;
    }

    private static double Quantile(double p)
    {
        var (low, high) = (-9.0, 9.0);
        for (var i = 0; i < 60; i++)
            (low, high) = Phi((low + high) / 2) < Inside(p) ? ((low + high) / 2, high) : (low, (low + high) / 2);
        return (low + high) / 2;
    }
}
