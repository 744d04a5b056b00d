using System.Globalization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>What if: a portfolio of one matrix version under one lens with numbers of the asker's. A pure function of its parts.</summary>
public sealed record SimulateRisk(ConsensusMatrix Matrix, string Lens, SimulateRequest Asked)
{
    /// <summary>Cells that an answer lists, those that matter most.</summary>
    public const int MostCells = 10;

    /// <summary>Steps of all draws: a tenth of a second or two. With fewer draws than <see cref="FewestDraws"/> there is no interval.
    /// </summary>
    private const double DrawSteps = 200e6;

    private const int FewestDraws = 1000;

    /// <exception cref="RiskInputException">An unknown lens, or a part of the question that is not as described; the field is named as
    /// in the question.</exception>
    public void ThrowUnlessAsDescribed() => Read();

    /// <inheritdoc cref="ThrowUnlessAsDescribed" path="/exception"/>
    public RiskSimulation Report(CancellationToken token = default)
    {
        var (consensus, changed, set, needed, options) = Read();
        var portfolio = changed.Inputs.Model.Of(set);
        var (scoring, left) = (new ScoreRisk(Matrix, Lens), new LeftOut());
        PortfolioRisk Measure(RiskInputs inputs) =>
            scoring.Measured(inputs, WorkLimit.Report, left).Of(set, scoring.NameOf(inputs, set));
        var answer = new RiskSimulation(
            Matrix.Study, Matrix.Label, Matrix.Version, Lens, ScoreRisk.Method, ScoreRisk.Statement, Matrix.Digest!,
            changed.Inputs.Assumptions, Asked, Measure(changed.Inputs), Measure(consensus), LayersOf(portfolio, needed, left),
            Dependence.Of(portfolio, options), left.Unless("importance", () => Importance.OfAnySize(portfolio, WorkLimit.Report)),
            left.Unless("leaveOneOut", () => Layers.LeaveOneOut(portfolio)),
            left.Unless("additions", () => Choice.AdditionsTo(changed.Inputs.Model, set)), [], null, []);
        token.ThrowIfCancellationRequested();
        return answer with
        {
            Cells = left.Unless("cells", () => Leverage(changed, portfolio)),
            Uncertainty = left.Unless<PortfolioSpread?>("uncertainty", () => Spread(changed, portfolio, token), null),
            LeftOut = left.Reasons,
        };
    }

    private (RiskInputs Consensus, Overrides Changed, int[] Set, int Needed, DependenceOptions Options) Read()
    {
        var consensus = RiskInputs.From(Matrix, Lens);
        var changed = Overrides.Of(consensus, Asked);
        var set = Chosen(consensus.Model);
        if (Asked.Seed is < 0 or > RiskDraws.LargestSeed)
            throw new RiskInputException("seed", Text(Asked.Seed.Value), $"0..{RiskDraws.LargestSeed}");
        var options = new DependenceOptions(
            changed.Inputs.Assumptions.UnmodelledFloor, Asked.ResidualBeta, Asked.Groups, Asked.ExclusiveModes ?? false);
        Dependence.ThrowUnlessValid(changed.Inputs.Model.Of(set), options);
        return (consensus, changed, set, Needed(set.Length), options);
    }

    private int[] Chosen(RiskModel model)
    {
        var ids = Asked.Techniques ?? model.Techniques;
        if (ids.Count == 0) throw new RiskInputException("techniques", "empty", "at least one of " + string.Join(", ", model.Techniques));
        int[] places = [.. ids.Select((id, k) => model.PlaceOfTechnique(id, $"techniques[{k}]"))];
        if (places.Distinct().Count() < places.Length) throw new RiskInputException("techniques", "one of them twice", "every id once");
        Array.Sort(places);
        return places;
    }

    private int Needed(int techniques) => (Asked.LayersNeeded ?? 1) is var needed && needed >= 1 && needed <= techniques
        ? needed
        : throw new RiskInputException("layersNeeded", Text(needed), $"1..{techniques}, the number of techniques");

    private static NeededLayers LayersOf(RiskModel portfolio, int needed, LeftOut left)
    {
        var t = portfolio.Techniques.Count;
        var atLeast = left.Unless<double>("layers", () => Layers.AtLeast(portfolio));
        var alone = PortfolioMeasures.Alone(portfolio);
        var failing = t - needed + 1;
        return new NeededLayers(
            needed, atLeast.Count == 0 ? null : atLeast[failing], Layers.AtLeastIfIndependent(alone)[failing], atLeast);
    }

    private IReadOnlyList<CellLeverage> Leverage(Overrides changed, RiskModel portfolio) => CellLeverages.Of(
        portfolio,
        [.. CellInterval.KnownIn(Matrix, Lens).Where(cell => !changed.Cells.Contains(cell.PlaceIn(changed.Inputs.Model)))],
        MostCells, MostCells);

    private PortfolioSpread Spread(Overrides changed, RiskModel portfolio, CancellationToken token)
    {
        var (t, m) = (portfolio.Techniques.Count, portfolio.FailureModes.Count);
        var draws = (int)Math.Min(RiskDraws.Standard(portfolio), DrawSteps / Math.Max(1, m * (double)t * (1L << t)));
        if (draws < FewestDraws)
            throw new RiskInputException(
                "techniques", $"{t} long with {m} failure modes", "fewer; GET .../risk/uncertainty takes the time");
        var sds = ScoreUncertainty.LikelihoodSds(Matrix);
        foreach (var mode in changed.Likelihoods) sds[mode] = 0;
        var drawn = RiskDraws.Of(
            new RiskKnowledge(portfolio, SharedBy.Mode, sds), draws, Asked.Seed ?? ScoreUncertainty.StandardSeed, token);
        return new DrawnFigures(drawn, null, null).Spread((1 << t) - 1);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
