using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Risk;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Lab;

/// <summary>The lab's figures, which are those of the risk page for one portfolio, and its tables.</summary>
internal sealed class LabFigures(RiskClient risks) : IFigureSource
{
    public const string WhatIf = "what-if";
    public const string WhatIfModes = "what-if-modes";
    public const string WhatIfCells = "what-if-cells";

    private const string Yours = "With your numbers";
    private const string Experts = "As the experts judge";
    private const string Add = "Add";
    private const string Drop = "Remove";

    public IReadOnlyList<string> Names { get; } = [WhatIf, WhatIfModes, WhatIfCells];

    public async Task<Answer<Figure>> ReadAsync(string name, Bound bound, IQueryCollection query, CancellationToken token)
    {
        var question = LabQuestion.Of(bound.Matrix!, query);
        if (question.Problems is [var problem, ..]) return new Missing("portal", MissingKind.Refused, "Not a question", problem);
        var (answer, missing) = await risks.SimulateAsync(bound.Study, bound.Version, bound.Lens, question.Request, token);
        if (answer is null) return missing!;
        return name switch
        {
            WhatIfModes => Modes(bound, question, answer),
            WhatIfCells => Swings(bound, question, answer),
            _ => Together(bound, question, answer) as Figure,
        };
    }

    public static SharedBars Together(Bound bound, LabQuestion question, RiskSimulation answer)
    {
        var now = Pair(question.HasOwnNumbers ? Yours : Experts, answer.Portfolio, answer.Uncertainty?.Quantiles);
        return SharedBars.Of(
            bound, WhatIf, "If failures are shared, and if they were independent",
            "The brown bar is the chance that all the chosen techniques fail together, the hatched one what it would be if their failures "
            + "were independent.",
            answer.Statement, question.HasOwnNumbers ? [now, Pair(Experts, answer.Published, null)] : [now],
            question.HasOwnNumbers ? [answer.Portfolio, answer.Published] : [answer.Portfolio],
            new("numbers", "Numbers")) with
        {
            Query = question.Query,
        };
    }

    public static BarChart Modes(Bound bound, LabQuestion question, RiskSimulation answer) => Priorities.Of(
        bound, WhatIfModes, "Where the remaining risk comes from", "the chosen techniques", answer.Importance, answer.Statement) with
    {
        Query = question.Query,
    };

    public static SwingPlot Swings(Bound bound, LabQuestion question, RiskSimulation answer) => SwingPlot.Of(
        bound, WhatIfCells, "Which cells would change the answer", answer.Portfolio.Joint, answer.Cells, answer.Statement) with
    {
        Query = question.Query,
    };

    /// <summary>Every technique: what adding it would do, or what it does beside the others.</summary>
    public static FigureTable Steps(Bound bound, LabQuestion question, RiskSimulation answer) => new(
        "One step from here, the best addition first",
        [
            new("step", "Step"), new("technique", "Technique"), new("joint", "Then fail together", true),
            new("ratio", "Instead of now", true), new("safety_tax", "Safety tax", true),
        ],
        [
            .. answer.Additions.Select(one => Step(bound, question, Add, one.Technique, one.Joint, one.Ratio)),
            .. answer.LeaveOneOut.Where(_ => question.Techniques.Count > 1).OrderBy(one => one.JointWithout).Select(one =>
                Step(bound, question, Drop, one.Technique, one.JointWithout, one.Ratio is { } ratio and > 0 ? 1 / ratio : null)),
        ]);

    public static FigureTable Assumptions(RiskSimulation answer) => new(
        "The chosen techniques under each assumption",
        [new("assumption", "Assumption"), new("joint", "Fail together", true), new("independent", "If independent", true)],
        [
            .. answer.Dependence.Select(one => (IReadOnlyList<TableEntry>)
            [
                new TableEntry(one.Assumption, one.Words), new TableEntry(one.Joint, one.LeftOut ?? Show.Chance(one.Joint)),
                new TableEntry(one.Independent, Show.Chance(one.Independent)),
            ]),
        ]);

    private static IReadOnlyList<TableEntry> Step(
        Bound bound, LabQuestion question, string step, string technique, double joint, double? ratio) =>
    [
        TableEntry.Of(step, bound.Href("lab", [.. question.With(technique, step == Add)])),
        new TableEntry(technique, bound.Matrix!.Techniques.Name(technique)), new TableEntry(joint, Show.Chance(joint)),
        new TableEntry(ratio, Show.Times(ratio)),
        TableEntry.Percent(bound.Matrix.SafetyTaxes.FirstOrDefault(tax => tax.Id == technique)?.Value),
    ];

    private static BarPair Pair(string name, PortfolioRisk risk, UncertaintyQuantiles? range) => new(
        name, RiskWords.Ids(risk.Techniques), RiskWords.Headline(risk), risk.Independent, RiskWords.Effect(risk), range);
}
