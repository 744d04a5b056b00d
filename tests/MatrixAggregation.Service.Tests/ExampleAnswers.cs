using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Service.Tests;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>Answers of a running service as examples: without what differs from run to run, and held against the document's.</summary>
internal static class ExampleAnswers
{
    private const double Tolerance = 1e-12;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Holds the document's examples against what the service answers, type by type; with MESH_APPROVE=1 writes them anew.
    /// </summary>
    /// <param name="listed">All types that are answered.</param>
    /// <param name="folder">Where the examples are kept.</param>
    public static async Task HoldAsync(
        IAsyncEnumerable<object> answered, Func<Task<ApiDocument>> described, IEnumerable<Type> listed, string folder)
    {
        var answers = new Dictionary<string, JsonNode>();
        await foreach (var answer in answered) answers[answer.GetType().Name] = Stable(answer);
        if (Environment.GetEnvironmentVariable("MESH_APPROVE") == "1")
        {
            foreach (var (name, answer) in answers)
                await File.WriteAllTextAsync(Path.Combine(folder, name + ".json"), answer.ToJsonString(Indented) + "\n");
            return;
        }

        var document = await described();
        Assert.All(document.Operations, pair => Assert.True(pair.Operation.TryGetProperty("summary", out _), pair.Name));
        Assert.Empty(document.WithoutExample);
        Assert.Equal(listed.Select(type => type.Name).Order(), answers.Keys.Order());
        Assert.Empty(answers.SelectMany(answer => Differences(
            answer.Key, JsonNode.Parse(document.Example(answer.Key).GetRawText()), answer.Value)));
    }

    /// <summary>An answer as JSON, with what differs from run to run replaced.</summary>
    public static JsonNode Stable(object answer)
    {
        var json = JsonSerializer.SerializeToNode(answer, answer.GetType(), ContractJson.Options)!;
        switch (answer)
        {
            case RebuildLine:
                (json["seconds"], json["entriesPerSecond"]) = (0.005, 1800);
                break;
            case ReplayedVersion:
                // Digests differ between platforms.
                const string digest = "7b1d0c4e5a9f3e2d8c6b4a1f0e9d7c5b3a2f1e0d9c8b7a6f5e4d3c2b1a0f9e8d";
                (json["published"], json["recomputed"]) = (digest, digest);
                break;
            case RiskVersions:
                foreach (var version in json["versions"]!.AsArray()) version!["scoredAt"] = "2026-05-04T09:30:00.020000Z";
                break;
            case DeadLetter:
                // Every look at the queue is a delivery.
                (json["failedAt"], json["deliveries"]) = ("2026-05-04T09:30:00Z", 1);
                break;
            case DeadLetterList:
                (json["errors"]![0]!["failedAt"], json["errors"]![0]!["deliveries"]) = ("2026-05-04T09:30:00Z", 0);
                break;
            case QueueList:
                foreach (var queue in json["queues"]!.AsArray().Where(queue => queue!["leader"] is not null))
                    queue!["leader"] = "rabbit@broker-1";
                break;
            case StudiesPulled:
                foreach (var study in json["studies"]!.AsArray())
                    (study!["before"], study["target"], study["after"]) = (0, 4, 4);
                break;
        }

        return json;
    }

    /// <summary>What is said of the fault, without the host it happened on.</summary>
    public static DeadLetter WithoutMachine(DeadLetter letter) => letter with
    {
        Headers = letter.Headers!.Where(header => header.Key is "MT-Reason" or "MT-Fault-ExceptionType" or "MT-Fault-Message")
            .ToDictionary(header => header.Key, header => header.Value),
    };

    // Last digits of numbers, and with them digests, differ between platforms.
    public static IEnumerable<string> Differences(string at, JsonNode? expected, JsonNode? actual)
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
}
