namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// The cheapest exact way to P(all fail): the portfolio reduced, then each part by failed sets (m t 2^t) or by mode sets (t 2^m), or,
/// where both take too long, split on a mode that touches most techniques into R = pi R1 + (1 - pi) R0, each reduced again.
/// </summary>
/// <param name="Work">Multiplications.</param>
internal sealed record ExactPlan(double Work, Func<double> Joint)
{
    private const int MostHubs = 10;

    /// <summary>Larger parts are not worth the search.</summary>
    private const int MostCells = 100_000;

    /// <returns>Null when no way takes at most <paramref name="mostWork"/>.</returns>
    internal static ExactPlan? Of(LayeredPart part, double mostWork = WorkLimit.Most, int hubs = MostHubs)
    {
        var reduction = Reduction.Of(part);
        var plans = new List<ExactPlan>();
        foreach (var left in reduction.Parts)
        {
            if (OfPart(left, mostWork - plans.Sum(plan => plan.Work), hubs) is not { } plan) return null;
            plans.Add(plan);
        }

        return new ExactPlan(plans.Sum(plan => plan.Work), () =>
        {
            var next = plans.GetEnumerator();
            return reduction.Joint(_ =>
            {
                next.MoveNext();
                return next.Current.Joint();
            });
        });
    }

    /// <summary>A part that is reduced already.</summary>
    internal static ExactPlan? OfPart(LayeredPart part, double mostWork = WorkLimit.Most, int hubs = MostHubs)
    {
        var (failed, modes) = (part.WorkByFailedSets, part.WorkByModeSets);
        if (Math.Min(failed, modes) <= mostWork)
            return failed < modes
                ? new ExactPlan(failed, part.ByFailedSets)
                : new ExactPlan(modes, () => part.ByModeSets(residual: 0));
        if (hubs == 0 || part.FailureModes == 0 || part.Techniques * part.FailureModes > MostCells) return null;
        var hub = Enumerable.Range(0, part.FailureModes).MaxBy(j => part.Column(j).Length - part.Column(j).Count(0.0));
        if (Of(part.WithLikelihood(hub, 1), mostWork, hubs - 1) is not { } certain
            || Of(part.WithLikelihood(hub, 0), mostWork - certain.Work, hubs - 1) is not { } impossible)
            return null;
        var likelihood = part.Likelihoods[hub];
        return new ExactPlan(
            certain.Work + impossible.Work, () => likelihood * certain.Joint() + (1 - likelihood) * impossible.Joint());
    }
}
