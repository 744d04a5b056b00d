using System.Text.Json;

namespace AlignmentMesh.Architecture.Tests.Operating;

public sealed class MetricsTests
{
    /// <summary>Exported by libraries and by the broker itself, under names that are not ours to choose.</summary>
    private static readonly string[] Foreign =
    [
        "ALERTS", "db_client_connection_count", "db_client_operation_duration_seconds_bucket",
        "http_server_request_duration_seconds_bucket", "rabbitmq_process_resident_memory_bytes",
    ];

    [Fact]
    public void Every_instrument_is_documented_with_its_kind_and_unit_and_none_is_that_does_not_exist()
    {
        Assert.True(Instrument.Created.Count > 30);
        Assert.Equal(
            Instrument.Created.Select(created => created.ToString()).Distinct().Order(StringComparer.Ordinal),
            Instrument.Documented.Select(row => row.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rules_and_dashboards_ask_only_for_what_is_exported()
    {
        var exported = Instrument.Created.SelectMany(instrument => instrument.Series()).Concat(Foreign).ToHashSet();
        Findings.None(
            from expression in Expressions.All
            from series in Expressions.SeriesIn(expression.Text)
            where !exported.Contains(series)
            select $"{expression.Where}: nobody exports {series}");
    }

    [Fact]
    public void Every_instrument_is_on_a_dashboard()
    {
        var shown = Expressions.All.SelectMany(expression => Expressions.SeriesIn(expression.Text)).ToHashSet();
        Findings.None(
            from instrument in Instrument.Created
            where !instrument.Series().Any(shown.Contains)
            select $"{instrument.Name}: neither a dashboard nor a rule shows it");
    }

    [Fact]
    public void Every_alert_has_a_severity_a_summary_and_a_place_that_says_what_to_do()
    {
        var places = Repository.Find("docs/operations/metrics.md")!.Lines.Where(line => line.StartsWith('#'))
            .Select(line => "docs/operations/metrics.md#" + line.TrimStart('#', ' ').Replace(".", "", StringComparison.Ordinal))
            .ToHashSet();
        var alerts = Expressions.Mappings("deploy/prometheus/rules.yml").Where(rule => rule.Text("alert") is not null).ToArray();
        Assert.NotEmpty(alerts);
        Findings.None(alerts.SelectMany(alert =>
        {
            var notes = (YamlDotNet.RepresentationModel.YamlMappingNode)alert.Children["annotations"];
            var labels = (YamlDotNet.RepresentationModel.YamlMappingNode)alert.Children["labels"];
            var name = alert.Text("alert")!;
            return new[]
            {
                labels.Text("severity") is "page" or "warning" ? null : $"{name}: severity",
                notes.Text("summary") is { Length: > 10 } ? null : $"{name}: summary",
                places.Contains(notes.Text("runbook") ?? "") ? null : $"{name}: {notes.Text("runbook")} is no heading",
            }.OfType<string>();
        }));
    }

    [Fact]
    public void Every_panel_says_what_it_shows_and_in_which_unit()
    {
        Assert.Equal(3, Expressions.DashboardFiles.Count());
        Findings.None(
            from file in Expressions.DashboardFiles
            from panel in JsonDocument.Parse(file.Text).RootElement.GetProperty("panels").EnumerateArray()
            where Text(panel, "title").Length == 0 || Text(panel, "description").Length == 0
                || Text(panel.GetProperty("fieldConfig").GetProperty("defaults"), "unit").Length == 0
            select $"{file.Path}: panel {panel.GetProperty("id")} lacks title, description or unit");
    }

    [Theory]
    [InlineData("sum by (le, job) (rate(a_bucket{x=\"y_z\"}[5m])) > 0", "a_bucket")]
    [InlineData("max(b offset 5m) >= 1 or absent_over_time(c{job=\"d/e\"}[3m])", "b c")]
    [InlineData("count by (job) (last_over_time(f_total[15m])) - vector(0)", "f_total")]
    public void The_series_of_an_expression_are_found(string expression, string series) =>
        Assert.Equal(series.Split(' '), Expressions.SeriesIn(expression));

    [Theory]
    [InlineData("m.CreateCounter<long>(\"a.b\", \"{x}\", \"d\")", "a_b_total")]
    [InlineData("m.CreateHistogram(\"a.b\", \"s\", \"d\", advice: B)", "a_b_seconds_bucket")]
    [InlineData("m.CreateObservableGauge(\"a.b\", () => 1, \"s\", \"d\")", "a_b_seconds")]
    public void An_instrument_in_code_is_found_with_its_name_in_Prometheus(string call, string series) =>
        Assert.Equal(
            series, Instrument.In(new SourceFile("services/X.cs", $"class C {{ object M() => {call}; }}")).Single().Series().First());

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
