using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public sealed class EachOrganisationTests
{
    [Fact]
    public void An_organisations_view_of_a_cell_is_its_part_in_the_cells_lineage() => LedgerScript.Released.Sample(script =>
    {
        var state = script.Late();
        var matrix = state.Matrix();
        var views = EachOrganisation.Of(state, matrix);
        Assert.Equal((matrix.Version, matrix.Digest), (views.Version, views.Digest));
        Assert.Equal(views.Organisations.Select(view => view.Organisation).Order(StringComparer.Ordinal), views.Organisations.Select(
            view => view.Organisation));
        var cells = matrix.Lenses[Method.Rohl1].Select(
            cell => Lineage.Of(state, matrix, cell.Technique, cell.FailureMode)!.Organisations).ToArray();
        Assert.Equal(
            cells.SelectMany((parts, i) => parts.Select(part => (part.Organisation, i, (double?)part.Mean))).Order(),
            views.Organisations.SelectMany(view => view.Means.Select((mean, i) => (view.Organisation, i, mean)))
                .Where(one => one.mean is not null).Order());
    });
}
