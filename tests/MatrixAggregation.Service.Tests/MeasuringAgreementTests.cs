using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class MeasuringAgreementTests(Servers servers)
{
    [Fact]
    public async Task Agreement_is_the_domains_report_of_the_version_by_seed_and_replicates()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        var path = $"studies/{ledger.Study}/agreement";
        foreach (var version in new[] { 25, 40 })
        {
            var expected = AgreementReport.Of(Oracle.State(ledger, version), new Bootstrap(7, 300)).Answer(Oracle.Matrix(ledger, version));
            var answer = await host.GetAsync<MatrixAgreement>($"{path}?version={version}&seed=7&replicates=300");
            Assert.Equal(Json(expected), Json(answer));
            Assert.True(answer.Overall.Pairable > 0);
        }

        var standard = await host.GetAsync<MatrixAgreement>(path);
        Assert.Equal((20251013L, 2000), (standard.Bootstrap.Seed, standard.Bootstrap.Replicates));
        var without = await host.GetAsync<MatrixAgreement>($"{path}?replicates=0");
        Assert.Equal((standard.Overall.Krippendorff.Ordinal, null), (
            without.Overall.Krippendorff.Ordinal, without.Overall.Krippendorff.Ordinal95));
        using var one = await host.Http.GetAsync($"{path}?seed=1");
        using var two = await host.Http.GetAsync($"{path}?seed=2");
        Assert.NotEqual(one.Headers.ETag, two.Headers.ETag);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{path}?seed=1");
        again.Headers.IfNoneMatch.Add(one.Headers.ETag!);
        using var known = await host.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task As_csv_each_comparison_is_a_row_and_what_is_undefined_says_why()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        var path = $"studies/{ledger.Study}/agreement?version=8";
        var answer = await host.GetAsync<MatrixAgreement>(path);
        var lines = (await host.Http.GetStringAsync(path + "&format=csv")).TrimEnd().Split("\r\n");
        Assert.Equal(2 + 1 + answer.ByOrganisation.Count, lines.Length);
        var columns = lines[0].Split(',');
        foreach (var (line, figures) in lines.Skip(1).Zip([answer.Overall, .. answer.ByOrganisation, answer.BetweenOrganisations]))
        {
            var row = line.Split(',');
            Assert.Equal(columns.Length, row.Length);
            var ordinal = row[Array.IndexOf(columns, "alpha_ordinal")];
            Assert.Equal(figures.Krippendorff.Ordinal, ordinal.Length == 0 ? null : double.Parse(ordinal, CultureInfo.InvariantCulture));
            Assert.Equal(figures.Undefined.ContainsKey("ordinal"), row[^1].Contains("ordinal=", StringComparison.Ordinal));
        }

        Assert.Contains("no_pairs", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blind_rounds_ratings_agree_with_nobody_before_its_close()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        var ledger = scene.Intake.Study().Begun("blind").RatedBy(20);
        await host.WaitForAsync(ledger);
        var open = await host.GetAsync<MatrixAgreement>($"studies/{ledger.Study}/agreement");
        Assert.Equal((0, 0, "no_pairs"), (open.Overall.Units, open.ByOrganisation.Count, open.Overall.Undefined["ordinal"]));
        ledger.Append(new RoundClosed(1));
        await host.WaitForAsync(ledger);
        Assert.Equal(4, (await host.GetAsync<MatrixAgreement>($"studies/{ledger.Study}/agreement?round=1")).Overall.Units);

        foreach (var (query, named) in new[]
        {
            ("seed=-1", "0 to 9007199254740991"), ("replicates=10001", "0 to 10000"), ("replicates=-1", "0 to 10000"),
        })
        {
            using var refused = await host.Http.GetAsync($"studies/{ledger.Study}/agreement?{query}");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            var detail = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString();
            Assert.Contains(named, detail, StringComparison.Ordinal);
        }
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ContractJson.Options);
}
