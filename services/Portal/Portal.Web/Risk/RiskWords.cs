using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Risk;

/// <summary>Portfolios and their numbers in words.</summary>
internal static class RiskWords
{
    /// <summary>The number that stands for the portfolio: with the uncertainty of a failure mode shared, where the lens has one.</summary>
    public static double Headline(PortfolioRisk risk) => risk.JointSharedByMode ?? risk.Joint;

    /// <summary>Its name, <c>all 7 techniques</c>, or its techniques by id.</summary>
    public static string Name(Bound bound, PortfolioRisk risk) => risk switch
    {
        { Name: { } name } => name,
        { Techniques.Count: var n } when n > 1 && n == bound.Matrix!.Techniques.Count => $"All {Show.Count(n)} techniques",
        _ => Ids(risk.Techniques),
    };

    public static string Ids(IReadOnlyList<string> techniques) => string.Join(" + ", techniques);

    /// <summary>What sharing does, as the ratio of the two numbers that are shown.</summary>
    public static string Effect(PortfolioRisk risk) => risk.Independent > 0
        ? $"{Show.Times(Headline(risk) / risk.Independent)} the independent estimate"
        : "no ratio: the independent estimate is 0";
}
