using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ComparingOrganisationsTests(FoldedStudyScene folded) : IClassFixture<FoldedStudyScene>
{
    private const string Matrix = "studies/example/matrix";

    [Fact]
    public async Task Each_organisations_view_is_its_part_in_the_lineage_of_every_cell_also_as_csv()
    {
        foreach (var version in new long[] { 7, 10 })
        {
            var views = await folded.Host.GetAsync<OrganisationViews>($"{Matrix}/organisations?version={version}");
            var matrix = await folded.Host.GetAsync<MatrixView>($"{Matrix}?version={version}");
            Assert.Equal((matrix.Version, matrix.Digest), (views.Version, views.Digest));
            var expected = new List<(string, int, double?)>();
            for (var i = 0; i < matrix.Consensus.Count; i++)
            {
                var path = $"{Matrix}/cells/{matrix.Consensus[i].Technique}/{matrix.Consensus[i].FailureMode}?version={version}";
                var lineage = await folded.Host.GetAsync<CellLineage>(path);
                expected.AddRange(lineage.Organisations.Select(part => (part.Organisation, i, (double?)part.Mean)));
            }

            Assert.Equal(
                expected.Order(),
                views.Organisations.SelectMany(view => view.Means.Select((mean, i) => (view.Organisation, i, mean)))
                    .Where(one => one.mean is not null).Order());
            var csv = await folded.Host.Http.GetStringAsync($"{Matrix}/organisations?version={version}&format=csv");
            Assert.Equal(expected.Count + 2, csv.Split("\r\n").Length);
        }
    }
}
