using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class OfflineModelTests
{
    private static readonly OfflineNumber Half = new(0.5);

    private const string Two = """
        {"techniques":["RLHF","RE"],"failureModes":[{"id":"S-TAX","likelihood":0.1},{"id":"AL-GEN","likelihood":0.2}],
         "vulnerability":[[0.5,1],[0,0.5]],"safetyTax":[1,2]}
        """;

    [Fact]
    public void A_model_file_gives_every_portfolio_and_the_importance_for_all_techniques_together()
    {
        var risk = Report(Read(Two));
        Assert.Equal("shared-failure-modes-1", risk.Method);
        Assert.Equal(["RLHF", "RE", "RLHF+RE"], risk.Portfolios.Select(portfolio => string.Join('+', portfolio.Techniques)));
        Close.To(1 - 0.95 * 0.8, risk.Portfolios[0].Joint);
        Close.To(0.1, risk.Portfolios[1].Joint);
        Close.To(0.1, risk.Portfolios[2].Joint);
        Close.To(0.024, risk.Portfolios[2].Independent);
        Close.To(0.1 / 0.024, risk.Portfolios[2].DependenceEffect);
        Assert.Equal(["S-TAX", "AL-GEN"], risk.Importance.Select(importance => importance.FailureMode));
        Assert.Equal(1, risk.Importance[1].Criticality!.Value, 1e-13);
    }

    [Fact]
    public void The_importance_is_for_the_asked_portfolio() =>
        Close.To(0.1 * (1 - 0.5 * 0.8) / 0.24, Report(Read(Two), "RLHF").Importance[0].Diagnostic);

    [Fact]
    public void Thirteen_techniques_are_scored_together_only()
    {
        var ids = Enumerable.Range(0, 13).Select(i => $"T{i}").ToArray();
        var risk = Report(new OfflineModel(ids, [new("F", Half)], [.. ids.Select(_ => (OfflineNumber[])[Half])]));
        Assert.Equal(ids, Assert.Single(risk.Portfolios).Techniques);
        Close.To(0.5 * Math.Pow(0.5, 13), risk.Portfolios[0].Joint);
    }

    [Theory]
    [InlineData("A", "[1.5]", "[[0.1]]", null, "failureModes[0].likelihood", "1.5")]
    [InlineData("A", "[0.5]", "[[-0.1]]", null, "vulnerability[0][0]", "-0.1")]
    [InlineData("A", "[0.5]", "[[null]]", null, "vulnerability[0][0]", "null")]
    [InlineData("A", "[0.5]", "[[{\"sd\":0.1}]]", null, "vulnerability[0][0]", "without a mean")]
    [InlineData("A", "[0.5]", "[[{\"mean\":0.5,\"beta\":[1,1]}]]", null, "vulnerability[0][0]", "a mean and a beta")]
    [InlineData("A", "[0.5]", "[[{\"mean\":1.5}]]", null, "vulnerability[0][0]", "1.5")]
    [InlineData("A", "[0.5]", "[[{\"mean\":0.9,\"sd\":0.31}]]", null, "vulnerability[0][0].sd", "0.31")]
    [InlineData("A", "[0.5]", "[[{\"mean\":0.9,\"sd\":-0.1}]]", null, "vulnerability[0][0].sd", "-0.1")]
    [InlineData("A", "[{\"beta\":[1,0]}]", "[[0.5]]", null, "failureModes[0].likelihood.beta", "[1, 0]")]
    [InlineData("A", "[{\"beta\":[1]}]", "[[0.5]]", null, "failureModes[0].likelihood.beta", "[1]")]
    [InlineData("A", "[0.5]", "[[{\"mean\":0.5,\"bounds\":[1,0]}]]", null, "vulnerability[0][0].bounds", "[1, 0]")]
    [InlineData("A,B", "[0.5]", "[[0.1],[]]", null, "vulnerability[1]", "0 long")]
    [InlineData("A,B", "[0.5]", "[[0.1]]", null, "vulnerability", "1 long")]
    [InlineData("A", "[0.5]", "[null]", null, "vulnerability[0]", "null")]
    [InlineData("A", "[null]", "[[0.1]]", null, "failureModes[0]", "null")]
    [InlineData("A,A", "[]", "[[],[]]", null, "techniques[1]", "\"A\", a second time")]
    [InlineData("", "[]", "[]", null, "techniques", "empty")]
    [InlineData("A", "[]", "[[]]", "[-1]", "safetyTax[0]", "-1")]
    [InlineData("A", "[]", "[[]]", "[1,2]", "safetyTax", "2 long")]
    public void A_file_that_is_no_model_is_refused_by_the_name_of_its_field(
        string techniques, string likelihoods, string vulnerability, string? safetyTax, string field, string value)
    {
        var modes = Numbers<OfflineNumber>(likelihoods).Select(number => number is null ? null : new OfflineFailureMode("F", number));
        var model = new OfflineModel(
            techniques.Split(',', StringSplitOptions.RemoveEmptyEntries), [.. modes!], Numbers<OfflineNumber[]>(vulnerability),
            safetyTax is null ? null : Numbers<double?>(safetyTax));
        var refused = Assert.Throws<RiskInputException>(() => Report(model));
        Assert.Equal((field, value), (refused.Field, refused.Value));
        Assert.Equal($"{field} is {value}; allowed: {refused.Allowed}.", refused.Message);
        Assert.NotEmpty(refused.Allowed);
    }

    [Fact]
    public void A_portfolio_of_techniques_that_the_model_has_not_is_refused() =>
        Assert.Equal("'T99'", Assert.Throws<RiskInputException>(() => Report(Read(Two), "T99")).Value);

    [Theory]
    [InlineData("{\"mean\":0.9,\"sd\":0.1}", 0.9, 0.1)]
    [InlineData("{\"mean\":0.9}", 0.9, 0)]
    [InlineData("{\"beta\":[9,1]}", 0.9, 0.09045340337332909)]
    [InlineData("0.25", 0.25, 0)]
    public void A_number_is_certain_and_an_object_says_what_is_known_of_it(string json, double mean, double sd)
    {
        var cell = JsonSerializer.Deserialize<OfflineNumber>(json, ContractJson.Options)!.Moments("cell");
        Assert.Equal(mean, cell.Mean, 15);
        Assert.Equal(sd, cell.Sd, 15);
    }

    [Theory]
    [InlineData("{\"mean\":0.9,\"std\":0.1}")]
    [InlineData("\"0.9\"")]
    [InlineData("[0.9]")]
    public void A_mistyped_field_is_no_number(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<OfflineNumber>(json, ContractJson.Options));

    private static OfflineRisk Report(OfflineModel model, params string[] portfolio) =>
        new ScoreOffline(model, portfolio.Length == 0 ? null : portfolio, new OfflineAssumptions()).Report();

    private static T[] Numbers<T>(string json) => JsonSerializer.Deserialize<T[]>(json, ContractJson.Options)!;

    private static OfflineModel Read(string json) => JsonSerializer.Deserialize<OfflineModel>(json, ContractJson.Options)!;
}
