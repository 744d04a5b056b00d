using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>What follows from the pattern of a matrix alone, whatever the likelihoods of the modes that can obtain.</summary>
public static class Redundancy
{
    /// <summary>
    /// Technique i adds nothing beside k if every mode that can overcome k is certain to overcome i: then k fails only when i does,
    /// in every portfolio.
    /// </summary>
    public static IReadOnlyList<RedundantTechnique> Techniques(RiskModel model)
    {
        var n = model.Techniques.Count;
        return
        [
            .. from i in Enumerable.Range(0, n)
               from k in Enumerable.Range(0, n)
               where i != k && IsRedundant(model, i, beside: k)
               let mutual = IsRedundant(model, k, beside: i)
               where !mutual || i < k
               select Words(model.Techniques[i], model.Techniques[k], mutual, CanFail(model, k)),
        ];
    }

    /// <summary>
    /// Modes whose columns are the same zeros and ones act as one mode, with probability 1 - prod (1 - pi_j): neither risk nor any
    /// importance of the two together can separate them.
    /// </summary>
    public static IReadOnlyList<IndistinguishableModes> FailureModes(RiskModel model) =>
    [
        .. Enumerable.Range(0, model.FailureModes.Count)
            .Where(j => model.Likelihoods[j] > 0 && IsCertain(model.Means(j)))
            .GroupBy(j => string.Concat(model.Means(j).ToArray().Select(v => v == 1 ? '1' : '0')), StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => Words(model, [.. same])),
    ];

    internal static bool IsRedundant(RiskModel model, int technique, int beside)
    {
        for (var j = 0; j < model.FailureModes.Count; j++)
            if (model.Likelihoods[j] > 0 && model.Means(j)[beside] > 0 && model.Means(j)[technique] < 1) return false;
        return true;
    }

    /// <summary>Zeros and ones only, and at least a one: a column of zeros is a mode that does nothing.</summary>
    private static bool IsCertain(ReadOnlySpan<double> column) => column.IndexOf(1.0) >= 0 && column.IndexOfAnyExcept(0.0, 1.0) < 0;

    private static bool CanFail(RiskModel model, int technique)
    {
        for (var j = 0; j < model.FailureModes.Count; j++)
            if (model.Likelihoods[j] > 0 && model.Means(j)[technique] > 0) return true;
        return false;
    }

    private static RedundantTechnique Words(string technique, string beside, bool mutual, bool canFail) => new(
        technique, beside, mutual, (mutual, canFail) switch
        {
            (_, false) => $"{technique} adds nothing beside {beside}, which nothing in this model can overcome.",
            (true, _) => $"{technique} and {beside} fail in exactly the same cases: either adds nothing beside the other.",
            _ => $"{technique} adds nothing beside {beside}: whatever can overcome {beside} is certain to overcome {technique}.",
        });

    private static IndistinguishableModes Words(RiskModel model, int[] modes)
    {
        string[] names = [.. modes.Select(j => model.FailureModes[j])];
        var log = modes.Sum(j => PortfolioMeasures.LogOnePlus(-model.Likelihoods[j]));
        var list = string.Join(", ", names[..^1]) + " and " + names[^1];
        return new IndistinguishableModes(
            names, -PortfolioMeasures.ExpMinusOne(log),
            $"{list} overcome the same techniques for certain and no other: they act as one failure mode that nothing here tells apart.");
    }
}
