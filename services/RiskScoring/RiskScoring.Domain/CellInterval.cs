using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>What a cell may be that is not settled, 0 to 1.</summary>
public sealed record CellInterval(string Technique, string FailureMode, double Low, double High)
{
    private const string Contested = "contested";
    private const string Uncertain = "uncertain";

    /// <summary>Cells of a matrix under one lens that nobody rated or whose verdict is uncertain: anything from 0 to 1.</summary>
    /// <exception cref="RiskInputException">The matrix has no such lens.</exception>
    public static IReadOnlyList<CellInterval> OpenIn(ConsensusMatrix matrix, string lens) =>
    [
        .. from cell in RiskInputs.CellsOf(matrix, lens)
           where cell.Mean is null || cell.Verdict == Uncertain
           select new CellInterval(cell.Technique, cell.FailureMode, 0, 1),
    ];

    /// <summary>Cells that the organisations contest, with their 90 % interval where the lens gives one.</summary>
    /// <inheritdoc cref="OpenIn" path="/exception"/>
    public static IReadOnlyList<CellInterval> ContestedIn(ConsensusMatrix matrix, string lens) =>
    [
        .. from cell in RiskInputs.CellsOf(matrix, lens)
           where cell is { Status: Contested, Lower90: not null, Upper90: not null }
           select new CellInterval(cell.Technique, cell.FailureMode, cell.Lower90!.Value, cell.Upper90!.Value),
    ];

    /// <summary>Both: contested cells with their interval, other open ones from 0 to 1.</summary>
    /// <inheritdoc cref="OpenIn" path="/exception"/>
    public static IReadOnlyList<CellInterval> UnsettledIn(ConsensusMatrix matrix, string lens) =>
        [.. ContestedIn(matrix, lens).UnionBy(OpenIn(matrix, lens), cell => (cell.Technique, cell.FailureMode))];

    /// <summary>Every cell that is not taken as certain: with its 90 % interval where the lens gives one, else from 0 to 1 where it is
    /// open.</summary>
    /// <inheritdoc cref="OpenIn" path="/exception"/>
    internal static IReadOnlyList<CellInterval> KnownIn(ConsensusMatrix matrix, string lens) =>
    [
        .. (from cell in RiskInputs.CellsOf(matrix, lens)
            where cell is { Lower90: not null, Upper90: not null }
            select new CellInterval(cell.Technique, cell.FailureMode, cell.Lower90!.Value, cell.Upper90!.Value))
        .UnionBy(OpenIn(matrix, lens), cell => (cell.Technique, cell.FailureMode)),
    ];

    /// <summary>The model with all these cells at their low ends, and at their high ones; null without any. R never falls when a cell
    /// rises, so no other choice of them lies outside.</summary>
    /// <param name="cells">Techniques that the model does not have are passed over.</param>
    /// <exception cref="RiskInputException">An unknown failure mode, or an end that is no probability.</exception>
    internal static RiskModel[]? Ends(RiskModel model, IReadOnlyList<CellInterval> cells)
    {
        if (cells.Count == 0) return null;
        var ends = cells.Where(cell => model.Techniques.Contains(cell.Technique)).ToDictionary(cell => cell.PlaceIn(model));
        RiskModel At(Func<CellInterval, double> end) => model.WithCells((i, j, cell) =>
            ends.TryGetValue((i, j), out var interval) ? new Vulnerability(end(interval)) : cell);
        return [At(cell => cell.Low), At(cell => cell.High)];
    }

    /// <exception cref="RiskInputException">The model has no such cell, or an end is no probability.</exception>
    internal (int Technique, int FailureMode) PlaceIn(RiskModel model)
    {
        RiskInputException.ThrowUnlessProbability(Low, "low");
        RiskInputException.ThrowUnlessProbability(High, "high");
        return model.PlaceOf(Technique, FailureMode);
    }
}
