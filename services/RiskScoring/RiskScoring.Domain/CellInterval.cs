using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>What a cell may be that is not settled, 0 to 1.</summary>
public sealed record CellInterval(string Technique, string FailureMode, double Low, double High)
{
    private const string Contested = "contested";
    private const string Uncertain = "uncertain";

    /// <summary>
    /// The cells of a matrix under one lens that are not settled: contested ones with their 90 % interval; with none, and where
    /// nobody rated or the verdict is uncertain without any spread being known, anything from 0 to 1.
    /// </summary>
    /// <exception cref="RiskInputException">The matrix has no such lens.</exception>
    public static IReadOnlyList<CellInterval> From(ConsensusMatrix matrix, string lens) =>
    [
        .. from cell in RiskInputs.CellsOf(matrix, lens)
           where cell.Mean is null || cell.Status == Contested || (cell.Sd is null && cell.Verdict == Uncertain)
           select new CellInterval(cell.Technique, cell.FailureMode, cell.Lower90 ?? 0, cell.Upper90 ?? 1),
    ];

    /// <exception cref="RiskInputException">The model has no such cell, or an end is no probability.</exception>
    internal (int Technique, int FailureMode) PlaceIn(RiskModel model)
    {
        RiskInputException.ThrowUnlessProbability(Low, "low");
        RiskInputException.ThrowUnlessProbability(High, "high");
        return model.PlaceOf(Technique, FailureMode);
    }
}
