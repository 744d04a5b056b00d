using System.Text.Json;

namespace AlignmentMesh.RatingIntake.Service.Tests;

/// <summary>A service's OpenAPI document: its operations, and what they take and give.</summary>
internal sealed class ApiDocument(JsonElement document)
{
    private static readonly string[] Methods = ["get", "post", "put", "delete", "patch"];
    private static readonly string[] Json = ["application/json", "application/x-ndjson"];

    public IReadOnlyList<(string Name, JsonElement Operation)> Operations { get; } =
    [
        .. document.GetProperty("paths").EnumerateObject().Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(
                path => path.Value.EnumerateObject().Where(method => Methods.Contains(method.Name)),
                (path, method) => ($"{method.Name} {path.Name}", method.Value)),
    ];

    /// <summary>Operation and schema for every body, and every answer that is no problem, which shows no example.</summary>
    public IEnumerable<string> WithoutExample => Operations
        .SelectMany(pair => Contracts(pair.Operation).Select(contract => (pair.Name, contract)))
        .Where(found => !Schema(found.contract).TryGetProperty("examples", out _))
        .Select(found => $"{found.Name}: {found.contract}").Distinct();

    public JsonElement Schema(string name) => document.GetProperty("components").GetProperty("schemas").TryGetProperty(name, out var schema)
        ? schema
        : throw new KeyNotFoundException($"the document has no schema {name}");

    public JsonElement Example(string name) => Schema(name).GetProperty("examples")[0];

    private static IEnumerable<string> Contracts(JsonElement operation)
    {
        var contents = operation.TryGetProperty("requestBody", out var body) ? [body] : Array.Empty<JsonElement>();
        var answers = operation.GetProperty("responses").EnumerateObject().Where(answer => answer.Name.StartsWith('2'))
            .Select(answer => answer.Value);
        return contents.Concat(answers)
            .Where(content => content.TryGetProperty("content", out _))
            .SelectMany(content => content.GetProperty("content").EnumerateObject())
            .Where(media => Json.Contains(media.Name)).SelectMany(media => Referenced(media.Value.GetProperty("schema")));
    }

    private static IEnumerable<string> Referenced(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference)) return [reference.GetString()!.Split('/')[^1]];
        if (schema.TryGetProperty("items", out var items)) return Referenced(items);
        return schema.TryGetProperty("oneOf", out var choices) ? choices.EnumerateArray().SelectMany(Referenced) : [];
    }
}
