using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>The tables about one portfolio of a model file.</summary>
internal sealed class OfflineTables(Shell shell, OfflineModel file, IReadOnlyList<string>? portfolio, OfflineAssumptions assumptions)
{
    /// <summary>The best portfolios of each size that are listed.</summary>
    private const int BestOfEach = 2;

    private readonly RiskModel _all = file.Build();

    private string Name => NameOf(Asked.Techniques);

    private RiskModel Asked => _all.Of(_all.IndexesOf(portfolio ?? _all.Techniques));

    public Sheet Portfolios()
    {
        var portfolios = new ScoreOffline(file, portfolio, assumptions).Portfolios();
        foreach (var (techniques, sampled) in portfolios.Select(one => (one.Techniques, one.Estimate)))
            if (sampled is not null)
                shell.Say(
                    $"The joint of {NameOf(techniques)} was sampled: standard error {Show.Number(sampled.StandardError)}, "
                    + $"between {Show.Number(sampled.Bracket![0])} and {Show.Number(sampled.Bracket[1])} for certain, "
                    + $"{Show.Number(sampled.EffectiveSamples)} effective draws of {sampled.Samples}, seed {sampled.Seed}.");
        return Sheet.Build(
            null, portfolios,
            [
                new("portfolio", (one, _) => NameOf(one.Techniques)),
                new("joint", (one, _) => Show.Number(one.Joint)),
                new("independent", (one, _) => Show.Number(one.Independent)),
                new("dependence effect", (one, _) => Show.Number(one.DependenceEffect)),
                new("effective layers", (one, _) => Show.Number(one.EffectiveLayers)),
                new("bounds", (one, _) => $"{Show.Number(one.Frechet[0])} to {Show.Number(one.Frechet[1])}"),
                new($"with floor {Show.Number(assumptions.UnmodelledFloor)}", (one, _) => Show.Number(one.JointWithFloor)),
                new(
                    $"with residual {Show.Number(assumptions.ResidualBeta)}", (one, _) => Show.Number(one.JointWithResidual),
                    assumptions.ResidualBeta is not null),
            ]);
    }

    public Sheet Importance()
    {
        IReadOnlyList<FailureModeImportance> importance = [];
        try
        {
            importance = RiskScoring.Domain.Importance.OfAnySize(Asked);
        }
        catch (RiskInputException tooLarge)
        {
            shell.Say($"No importance: {tooLarge.Message}");
        }

        return RiskSheets.Importance(importance, Name);
    }

    public IEnumerable<Sheet> Overlap()
    {
        yield return MeasureSheets.Pairs(RiskScoring.Domain.Overlap.Of(Asked));
        string[] said =
        [
            .. Redundancy.Techniques(Asked).Select(one => one.Words), .. Redundancy.FailureModes(Asked).Select(one => one.Words),
        ];
        if (said.Length > 0)
            yield return Sheet.Build("What is redundant", said, [new("in words", (words, _) => words)]);
    }

    public IEnumerable<Sheet> Layers() =>
    [
        MeasureSheets.Layers(Shapley.Of(Asked), RiskScoring.Domain.Layers.LeaveOneOut(Asked), Name),
        MeasureSheets.AtLeast(RiskScoring.Domain.Layers.AtLeast(Asked), Name),
    ];

    public IEnumerable<Sheet> Choice()
    {
        var choice = RiskScoring.Domain.Choice.Of(_all, file.Unsettled());
        if (choice.Frontier() is { Count: > 0 } frontier) yield return MeasureSheets.Frontier(frontier);
        else shell.Say("No frontier: the model has no safety tax.");
        yield return MeasureSheets.Best(
            [.. Enumerable.Range(1, _all.Techniques.Count).SelectMany(size => choice.BestOfSize(size, BestOfEach))]);
        if (choice.Additions(Asked.Techniques) is { Count: > 0 } additions) yield return MeasureSheets.Additions(additions, Name);
    }

    public IEnumerable<Sheet> Cells() => [MeasureSheets.Cells(CellImportances.Of(Asked), Name)];

    public IEnumerable<Sheet> Dependence() =>
    [
        MeasureSheets.Dependence(
            RiskScoring.Domain.Dependence.Of(
                Asked, new DependenceOptions(assumptions.UnmodelledFloor, assumptions.ResidualBeta, Exclusive: true)),
            Name),
    ];

    private static string NameOf(IReadOnlyList<string> techniques) =>
        techniques.Count > ScoreRisk.LargestListed ? $"{techniques.Count} techniques" : string.Join('+', techniques);
}
