using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;

/// <summary>A matrix as a tidy table: one row a cell.</summary>
internal static class MatrixCsv
{
    private const string Header =
        "study,label,version,as_of,lens,technique,failure_mode,status,verdict,raters,organisations,stale,mean,sd,median,lower90,upper90," +
        "p_resistant,p_uncertain,p_vulnerable,tau,undefined";

    public static string Write(MatrixView view)
    {
        var undefined = (view.Undefined ?? []).ToDictionary(cell => (cell.Technique, cell.FailureMode), cell => cell.Because);
        return Csv.Write(Header, view.Consensus.Select(cell => Row(
            view, cell, undefined.GetValueOrDefault((cell.Technique, cell.FailureMode)))));
    }

    private static string?[] Row(MatrixView view, ConsensusCell cell, string? undefined) =>
    [
        view.Study, view.Label, Csv.Number(view.Version), view.AsOf, view.Lens, cell.Technique, cell.FailureMode, cell.Status, cell.Verdict,
        Csv.Number(cell.Raters), Csv.Number(cell.Organisations), Csv.Number(cell.Stale), Csv.Number(cell.Mean), Csv.Number(cell.Sd),
        Csv.Number(cell.Median), Csv.Number(cell.Lower90), Csv.Number(cell.Upper90), Csv.Number(cell.PResistant),
        Csv.Number(cell.PUncertain), Csv.Number(cell.PVulnerable), Csv.Number(cell.Tau), undefined,
    ];
}
