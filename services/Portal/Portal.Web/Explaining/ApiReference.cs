using System.Text.Json;

namespace AlignmentMesh.Portal.Web.Explaining;

public sealed record ApiParameter(string Name, string In, bool IsRequired, string Description);

/// <param name="Answers">Status code and what it means.</param>
public sealed record ApiOperation(
    string Method, string Path, string Tag, string Summary, string Description, IReadOnlyList<ApiParameter> Parameters,
    IReadOnlyList<(string Status, string Description)> Answers)
{
    /// <summary>An id for links within the page.</summary>
    public string Anchor(string service) => string.Concat($"{service}-{Method}{Path}".Select(letter =>
        char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'));
}

/// <summary>What a service's OpenAPI document says, as far as the page shows it.</summary>
public static class ApiReference
{
    public static IReadOnlyList<ApiOperation> Of(JsonDocument document) =>
    [
        .. from path in Members(document.RootElement, "paths")
           from operation in path.Value.EnumerateObject()
           where operation.Value.ValueKind == JsonValueKind.Object && operation.Value.TryGetProperty("responses", out _)
           select Operation(path.Name, operation.Name, operation.Value),
    ];

    private static ApiOperation Operation(string path, string method, JsonElement operation) => new(
        method.ToUpperInvariant(), path,
        Items(operation, "tags").Select(tag => tag.GetString()).FirstOrDefault() ?? "Other",
        Text(operation, "summary"), Text(operation, "description"),
        [
            .. Items(operation, "parameters").Select(one => new ApiParameter(
                Text(one, "name"), Text(one, "in"),
                one.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.True, Text(one, "description"))),
        ],
        [.. Members(operation, "responses").Select(answer => (answer.Name, Text(answer.Value, "description")))]);

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default;

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
