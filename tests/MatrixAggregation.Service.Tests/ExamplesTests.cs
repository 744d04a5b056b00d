using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>The examples of the OpenAPI document are answers of the running service. MESH_APPROVE=1 writes them anew.</summary>
[Collection(OnRealServers.Name)]
public sealed class ExamplesTests(Servers servers)
{
    private const double Tolerance = 1e-12;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task Every_operation_is_described_every_body_and_answer_has_an_example_and_it_is_what_the_service_answers()
    {
        await using var scene = await servers.SceneAsync();
        var run = await ExampleRun.StartAsync(servers, scene);
        var answers = new Dictionary<string, JsonNode>();
        await foreach (var answer in run.AnswersAsync()) answers[answer.GetType().Name] = ExampleRun.Stable(answer);
        if (Environment.GetEnvironmentVariable("MESH_APPROVE") == "1")
        {
            foreach (var (name, answer) in answers) await File.WriteAllTextAsync(PathOf(name), answer.ToJsonString(Indented) + "\n");
            return;
        }

        var document = await run.DocumentAsync();
        Assert.All(document.Operations, pair => Assert.True(pair.Operation.TryGetProperty("summary", out _), pair.Name));
        Assert.Empty(document.WithoutExample);
        Assert.Equal(MatrixExamples.Answers.Select(type => type.Name).Order(), answers.Keys.Order());
        Assert.Empty(answers.SelectMany(answer => Differences(
            answer.Key, JsonNode.Parse(document.Example(answer.Key).GetRawText()), answer.Value)));
    }

    [Fact]
    public void A_difference_of_a_number_a_text_a_name_or_a_length_is_noticed()
    {
        var expected = JsonNode.Parse("""{"a":1.5,"b":["x"],"c":null,"digest":"00"}""");
        Assert.Empty(Differences("", expected, JsonNode.Parse("""{"a":1.5000000000000002,"b":["x"],"c":null,"digest":"11"}""")));
        foreach (var other in (string[])
        [
            """{"a":1.50001,"b":["x"],"c":null,"digest":"00"}""", """{"a":1.5,"b":["y"],"c":null,"digest":"00"}""",
            """{"a":1.5,"b":["x","x"],"c":null,"digest":"00"}""", """{"a":1.5,"b":["x"],"digest":"00"}""",
            """{"a":1.5,"b":["x"],"c":1,"digest":"00"}""",
        ])
            Assert.Single(Differences("", expected, JsonNode.Parse(other)));
    }

    // Last digits of numbers, and with them digests, differ between platforms.
    private static IEnumerable<string> Differences(string at, JsonNode? expected, JsonNode? actual)
    {
        if (expected is JsonObject one && actual is JsonObject other)
            return one.Select(pair => pair.Key).Union(other.Select(pair => pair.Key)).Where(name => name != "digest").SelectMany(name =>
                one.ContainsKey(name) && other.ContainsKey(name)
                    ? Differences($"{at}.{name}", one[name], other[name])
                    : [$"{at}.{name} is in one of them only"]);
        if (expected is JsonArray these && actual is JsonArray those && these.Count == those.Count)
            return these.Zip(those).SelectMany((pair, place) => Differences($"{at}[{place}]", pair.First, pair.Second));
        var isSame = JsonNode.DeepEquals(expected, actual)
            || (Number(expected) is { } number && Number(actual) is { } near && Math.Abs(number - near) <= Tolerance * Math.Abs(number));
        return isSame ? [] : [$"{at} is {actual?.ToJsonString()}, in the example {expected?.ToJsonString()}"];
    }

    private static double? Number(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? node.GetValue<double>() : null;

    private static string PathOf(string name, [CallerFilePath] string here = "") => Path.Combine(
        Path.GetDirectoryName(here)!, "../../services/MatrixAggregation/MatrixAggregation.Service/Examples", name + ".json");
}
