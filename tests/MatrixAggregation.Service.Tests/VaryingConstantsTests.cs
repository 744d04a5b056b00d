using System.Net;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class VaryingConstantsTests(FoldedStudyScene folded) : IClassFixture<FoldedStudyScene>
{
    private const string Sensitivities = "studies/example/matrix/sensitivity";

    [Theory]
    [InlineData("", 10)]
    [InlineData("?version=7", 7)]
    [InlineData("?round=1", 10)]
    public async Task Sensitivity_is_the_domains_of_the_version(string query, int version)
    {
        var expected = Sensitivity.Of(Oracle.State(folded.Ledger, version), Oracle.Matrix(folded.Ledger, version));
        var answer = await folded.Host.GetAsync<MatrixSensitivity>(Sensitivities + query);
        Assert.Equal(Json(expected), Json(answer));
        Assert.Equal((9, true), (answer.Variants.Count, answer.RatedCells > 0));
    }

    [Fact]
    public async Task As_csv_each_variant_is_a_row_and_a_reader_who_has_it_gets_304()
    {
        using var first = await folded.Host.Http.GetAsync(Sensitivities + "?format=csv&version=9");
        var lines = (await first.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
        Assert.Equal(10, lines.Length);
        Assert.StartsWith("example,9,rho,0.2,false,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("example,9,rho,0.5,true,", lines[2], StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, Sensitivities + "?format=csv&version=9");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var known = await folded.Host.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task Several_ways_to_choose_a_version_are_refused()
    {
        using var answer = await folded.Host.Http.GetAsync(Sensitivities + "?version=9&round=1");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ContractJson.Options);
}
