using System.Text.Json.Serialization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Demo;

/// <summary>What <c>mesh demo --json</c> prints: the services' answers, and whether every stage agreed.</summary>
internal sealed record DemoResult(IReadOnlyList<DemoStudy> Studies, IReadOnlyList<DemoStage> Stages);

internal sealed record DemoStage(string Name, double Seconds, bool Ok);

internal sealed record DemoStudy(
    string Study,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label,
    long LedgerSize, string Root, long MatrixVersion, int RatedCells, IReadOnlyDictionary<string, DemoLens> Lenses)
{
    public static DemoStudy Of(StudyAnswers answers) => new(
        answers.Study, answers.Headline.Label, answers.Head.Size, answers.Head.Root, answers.Headline.Version, answers.Headline.RatedCells,
        answers.Risks.ToDictionary(pair => pair.Key, pair => DemoLens.Of(pair.Value)));
}

internal sealed record DemoLens(IReadOnlyList<DemoPortfolio> Portfolios, IReadOnlyList<DemoImportance> Importance)
{
    public static DemoLens Of(RiskReport report) => new(
        [.. report.Portfolios.Select(DemoPortfolio.Of)],
        [
            .. report.Importance.Select(mode => new DemoImportance(mode.FailureMode, mode.Criticality))
                .OrderByDescending(mode => mode.Criticality ?? double.NegativeInfinity),
        ]);
}

internal sealed record DemoPortfolio(
    IReadOnlyList<string> Techniques, double Joint,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? JointSharedByMode,
    double Independent, double? DependenceEffect)
{
    public static DemoPortfolio Of(PortfolioRisk risk) =>
        new(risk.Techniques, risk.Joint, risk.JointSharedByMode, risk.Independent, risk.DependenceEffect);
}

internal sealed record DemoImportance(string FailureMode, double? Criticality);
