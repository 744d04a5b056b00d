using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

/// <summary>Models the tests are about: small ones drawn at random, and any given by plain numbers.</summary>
internal static class Models
{
    // 0, 1 and ordinary probabilities, so that the edges are met in most models. Down to 1e-9 only: products of a dozen smaller ones
    // leave the range in which a double has all its digits, and laws would be about that.
    private static readonly Gen<double> Probability =
        Gen.Frequency((1, Gen.Const(0.0)), (1, Gen.Const(1.0)), (6, Gen.Double[1e-9, 1]));

    /// <summary>Up to 5 techniques and 5 failure modes.</summary>
    internal static readonly Gen<RiskModel> Any = WithSd(Gen.Const(0.0));

    /// <summary>As <see cref="Any"/>, with spreads from none to more than any distribution on [0, 1] can have.</summary>
    internal static readonly Gen<RiskModel> Uncertain = WithSd(Gen.Frequency((1, Gen.Const(0.0)), (5, Gen.Double[0, 0.6])));

    internal static RiskModel Of(
        double[] likelihoods, double[][] means, double[][]? sds = null, double?[]? safetyTaxes = null, IReadOnlyList<string>? ids = null) =>
        new(
            ids ?? [.. means.Select((_, i) => $"T{i}")], [.. likelihoods.Select((_, j) => $"F{j}")], likelihoods,
            [.. means.Select((row, i) => row.Select((mean, j) => new Vulnerability(mean, sds?[i][j] ?? 0)).ToArray())], safetyTaxes);

    internal static double[][] Means(this RiskModel model) =>
        [
            .. Enumerable.Range(0, model.Techniques.Count)
                .Select(i => Enumerable.Range(0, model.FailureModes.Count).Select(j => model.Means(j)[i]).ToArray()),
        ];

    internal static double[] JointOfAll(this RiskModel model)
    {
        var joint = new double[1 << model.Techniques.Count];
        FailedSets.JointOfAll(model, joint);
        return joint;
    }

    internal static double[] SharedOfAll(this RiskModel model)
    {
        var joint = new double[1 << model.Techniques.Count];
        SharedByMode.JointOfAll(model, joint);
        return joint;
    }

    internal static int[] Bits(int mask) => [.. Enumerable.Range(0, 31).Where(i => (mask >> i & 1) == 1)];

    internal static RiskModel Portfolio(this RiskModel model, int mask) => model.Of(Bits(mask));

    internal static RiskModel With(this RiskModel model, Action<double[], double[][]> change)
    {
        var (likelihoods, means) = (model.Likelihoods.ToArray(), model.Means());
        change(likelihoods, means);
        return Of(likelihoods, means);
    }

    private static Gen<RiskModel> WithSd(Gen<double> sd) =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5]).SelectMany((n, m) =>
            Gen.Select(Probability.Array[m], Probability.Array[m].Array[n], sd.Array[m].Array[n]).Select((pi, v, s) => Of(pi, v, s)));
}
