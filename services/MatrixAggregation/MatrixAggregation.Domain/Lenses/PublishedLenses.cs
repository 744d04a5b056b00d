namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// The lenses that are computed elsewhere: <c>rohl-1</c>, the headline (<see cref="Domain.Rohl1"/>), <c>crisp</c>
/// (<see cref="Domain.Crisp"/>), and <c>with-ai-raters</c>, ROHL-1 over people and AI raters. The verdict of ROHL-1 is the one with a
/// posterior probability of 0.6 or more, not the one its mean reads as.
/// </summary>
internal static class PublishedLenses
{
    private const string StandardWidth = "taken as a standard deviation of one logit";

    public static readonly Lens Rohl1 = new(
        Method.Rohl1, "robust organisation-balanced hierarchical logit, the headline", Lens.AnyJudgement, Lens.Clamped, Lens.Shrunk,
        StandardWidth, view => Of(view.Headline));

    public static readonly Lens WithAiRaters = new(
        Method.WithAiRaters, "rohl-1 with the ratings of AI raters, which count nowhere else", Lens.AnyJudgement, Lens.Clamped, Lens.Shrunk,
        StandardWidth, view => Of(view.WithAiRaters));

    public static readonly Lens Crisp = new(
        Method.Crisp, "organisation-balanced mean of verdicts as 1, 0.5, 0", "a score of verdicts; no probability of failure",
        Lens.ReadAsVerdicts, "becomes 0, 0.5 or 1", Lens.NotUsed,
        view => Domain.Crisp.Pool(view.Ratings) is { } crisp ? LensValue.Of(crisp.Mean) : LensValue.Because(LensValue.NoData));

    private static LensValue Of(Posterior? posterior) => posterior is { } p
        ? new(p.Mean, null, p.Verdict)
        : LensValue.Because(LensValue.NoData);
}
