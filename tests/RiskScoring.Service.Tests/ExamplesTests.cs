using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AlignmentMesh.MatrixAggregation.Service.Tests;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>The examples of the OpenAPI document are answers of the running service. MESH_APPROVE=1 writes them anew.</summary>
[Collection(OnRealServers.Name)]
public sealed class ExamplesTests(OneHost one) : IClassFixture<OneHost>
{
    [Fact]
    public async Task Every_operation_is_described_every_body_and_answer_has_an_example_and_it_is_what_the_service_answers()
    {
        using var caller = OperatingTests.As(one, "operator");
        var run = await ExampleRun.StartAsync(one, caller);
        var answers = new Dictionary<string, JsonNode>();
        await foreach (var answer in run.AnswersAsync()) answers[answer.GetType().Name] = ExampleAnswers.Stable(answer);
        if (Environment.GetEnvironmentVariable("MESH_APPROVE") == "1")
        {
            foreach (var (name, answer) in answers) await File.WriteAllTextAsync(PathOf(name), ExampleAnswers.Text(answer));
            return;
        }

        var document = await run.DocumentAsync();
        Assert.All(document.Operations, pair => Assert.True(pair.Operation.TryGetProperty("summary", out _), pair.Name));
        Assert.Empty(document.WithoutExample);
        Assert.Equal(RiskExamples.Answers.Select(type => type.Name).Order(), answers.Keys.Order());
        Assert.Empty(answers.SelectMany(answer => ExampleAnswers.Differences(
            answer.Key, JsonNode.Parse(document.Example(answer.Key).GetRawText()), answer.Value)));
    }

    private static string PathOf(string name, [CallerFilePath] string here = "") => Path.Combine(
        Path.GetDirectoryName(here)!, "../../services/RiskScoring/RiskScoring.Service/Examples", name + ".json");
}
