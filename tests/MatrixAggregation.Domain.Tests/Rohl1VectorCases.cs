using System.Text.Json;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

/// <summary>The reference's 23 edge cases with their expected numbers.</summary>
internal static class Rohl1VectorCases
{
    private static readonly JsonElement File =
        JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "rohl1.json"))).RootElement;

    public static JsonElement Constants => File.GetProperty("constants");

    public static IEnumerable<string> Names => File.GetProperty("cases").EnumerateObject().Select(property => property.Name);

    public static (Rating[] Ratings, JsonElement Expected) Read(string name)
    {
        var found = File.GetProperty("cases").GetProperty(name);
        return (Rating.InOrder(found.GetProperty("ratings").EnumerateArray().Select(ToRating)), found.GetProperty("expected"));
    }

    private static Rating ToRating(JsonElement row) => new(
        row.GetProperty("org").GetString()!,
        row.GetProperty("rater").GetString()!,
        row.TryGetProperty("verdict", out var verdict) ? OfLetter(verdict.GetString()!) : null,
        Number(row, "best"),
        Number(row, "lower"),
        Number(row, "upper"),
        Number(row, "conf"));

    private static Verdict OfLetter(string letter) => letter switch
    {
        "R" => Verdict.Resistant,
        "U" => Verdict.Uncertain,
        "V" => Verdict.Vulnerable,
        _ => throw new FormatException($"verdict '{letter}' must be R, U or V"),
    };

    private static double? Number(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetDouble() : null;
}
