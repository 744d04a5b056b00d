using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ApiDocumentTests(IntakeMesh mesh)
{
    private static readonly string[] Methods = ["get", "post", "put", "delete", "patch"];

    [Fact]
    public async Task Every_operation_is_described_and_every_body_and_answer_has_an_example()
    {
        var document = await ReadAsync();
        var operations = document.GetProperty("paths").EnumerateObject()
            .Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject().Where(method => Methods.Contains(method.Name)), (path, method) =>
                (Name: $"{method.Name} {path.Name}", method.Value)).ToArray();

        Assert.True(operations.Length >= 18, $"{operations.Length} operations");
        Assert.All(operations, operation => Assert.True(operation.Value.TryGetProperty("summary", out _), operation.Name));
        var missing = operations.SelectMany(operation => Contracts(operation.Value).Select(contract => (operation.Name, contract)))
            .Where(found => !HasExample(document, found.contract)).Select(found => $"{found.Name}: {found.contract}").Distinct();
        Assert.Empty(missing);
    }

    [Fact]
    public async Task An_example_is_what_the_service_takes()
    {
        var example = Schema(await ReadAsync(), nameof(OpenStudyRequest)).GetProperty("examples")[0];
        var request = example.Deserialize<OpenStudyRequest>(ContractJson.Options)! with { Study = "from-the-api-document" };
        var changed = await mesh.As("owner", "olga", "org-admin").OkAsync<StudyChanged>("studies", request);
        Assert.Equal(("from-the-api-document", 1L), (changed.Study, changed.Version));
    }

    private async Task<JsonElement> ReadAsync()
    {
        using var http = new HttpClient { BaseAddress = mesh.Address };
        return JsonDocument.Parse(await http.GetStringAsync("/openapi/v1.json")).RootElement;
    }

    /// <summary>Names of the schemas of an operation's JSON body and of its answers that are no problems.</summary>
    private static IEnumerable<string> Contracts(JsonElement operation)
    {
        var contents = operation.TryGetProperty("requestBody", out var body) ? [body] : Array.Empty<JsonElement>();
        var answers = operation.GetProperty("responses").EnumerateObject().Where(answer => answer.Name.StartsWith('2'))
            .Select(answer => answer.Value);
        return contents.Concat(answers)
            .Where(content => content.TryGetProperty("content", out _))
            .SelectMany(content => content.GetProperty("content").EnumerateObject())
            .Where(media => media.Name == "application/json").SelectMany(media => Referenced(media.Value.GetProperty("schema")));
    }

    private static IEnumerable<string> Referenced(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference)) return [reference.GetString()!.Split('/')[^1]];
        if (schema.TryGetProperty("items", out var items)) return Referenced(items);
        return schema.TryGetProperty("oneOf", out var choices) ? choices.EnumerateArray().SelectMany(Referenced) : [];
    }

    private static bool HasExample(JsonElement document, string schema) => Schema(document, schema).TryGetProperty("examples", out _);

    private static JsonElement Schema(JsonElement document, string name) =>
        document.GetProperty("components").GetProperty("schemas").GetProperty(name);
}
