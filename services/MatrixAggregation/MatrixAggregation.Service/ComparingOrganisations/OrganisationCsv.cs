using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.MatrixAggregation.Service.ComparingOrganisations;

/// <summary>Organisations' views as a tidy table: one row an organisation and cell that it rated.</summary>
internal static class OrganisationCsv
{
    private const string Header = "study,label,version,organisation,technique,failure_mode,mean";

    /// <param name="matrix">Of the same version: its catalogue names the cells.</param>
    public static string Write(OrganisationViews views, ConsensusMatrix matrix) => Csv.Write(
        Header,
        from view in views.Organisations
        from cell in view.Means.Select((mean, i) => (mean, i))
        where cell.mean is not null
        select (string?[])
        [
            views.Study, views.Label, Csv.Number(views.Version), view.Organisation,
            matrix.Techniques[cell.i / matrix.FailureModes.Count].Id, matrix.FailureModes[cell.i % matrix.FailureModes.Count].Id,
            Csv.Number(cell.mean),
        ]);
}
