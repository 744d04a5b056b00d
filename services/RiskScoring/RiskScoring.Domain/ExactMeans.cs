namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// The mean of R over all that is not known, without drawing: what a sample must agree with. R is linear in every number, so it is
/// R at the means while the numbers are independent; shared by mode, the average of each mode's transition; shared by all, the
/// integral over the one uniform. Shared by organisation there is no such way.
/// </summary>
internal static class ExactMeans
{
    /// <summary>Of every portfolio by bit mask; null when shared by organisation.</summary>
    internal static double[]? OfAll(RiskKnowledge knowledge)
    {
        if (knowledge.Shared == SharedBy.Organisation)
            return null;
        var means = new double[1 << knowledge.Model.Techniques.Count];
        if (knowledge.Shared == SharedBy.None)
            FailedSets.JointOfAll(knowledge.Model, means);
        else if (knowledge.Shared == SharedBy.Mode)
            SharedByMode.JointOfAll(knowledge.Model, means);
        else
            OverOneUniform(knowledge, means);
        return means;
    }

    private static void OverOneUniform(RiskKnowledge knowledge, double[] means)
    {
        var rule = GaussLegendre.Sixteen;
        var at = new double[means.Length];
        for (var k = 0; k < rule.Nodes.Length; k++)
        {
            FailedSets.JointOfAll(knowledge.At(input => BetaQuantile.Of(input.Mean, input.Sd, rule.Nodes[k])), at);
            for (var portfolio = 0; portfolio < means.Length; portfolio++)
                means[portfolio] += rule.Weights[k] * at[portfolio];
        }
    }
}
