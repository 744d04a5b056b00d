using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>The examples of the OpenAPI document are answers of the running service. MESH_APPROVE=1 writes them anew.</summary>
[Collection(OnRealServers.Name)]
public sealed class ExamplesTests(Servers servers)
{
    [Fact]
    public async Task Every_operation_is_described_every_body_and_answer_has_an_example_and_it_is_what_the_service_answers()
    {
        await using var scene = await servers.SceneAsync();
        var run = await ExampleRun.StartAsync(servers, scene);
        await ExampleAnswers.HoldAsync(run.AnswersAsync(), run.DocumentAsync, MatrixExamples.Answers, Folder());
    }

    [Fact]
    public void A_difference_of_a_number_a_text_a_name_or_a_length_is_noticed()
    {
        var expected = JsonNode.Parse("""{"a":1.5,"b":["x"],"c":null,"digest":"00"}""");
        var same = JsonNode.Parse("""{"a":1.5000000000000002,"b":["x"],"c":null,"digest":"11"}""");
        Assert.Empty(ExampleAnswers.Differences("", expected, same));
        foreach (var other in (string[])
        [
            """{"a":1.50001,"b":["x"],"c":null,"digest":"00"}""", """{"a":1.5,"b":["y"],"c":null,"digest":"00"}""",
            """{"a":1.5,"b":["x","x"],"c":null,"digest":"00"}""", """{"a":1.5,"b":["x"],"digest":"00"}""",
            """{"a":1.5,"b":["x"],"c":1,"digest":"00"}""",
        ])
            Assert.Single(ExampleAnswers.Differences("", expected, JsonNode.Parse(other)));
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../services/MatrixAggregation/MatrixAggregation.Service/Examples");
}
