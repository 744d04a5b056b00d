using System.Text.Json;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

/// <summary>Published and recomputed coefficients of agreement.</summary>
internal static class AgreementVectorCases
{
    public static readonly JsonElement File =
        JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "agreement.json"))).RootElement;

    public static JsonElement Find(string list, string id) =>
        File.GetProperty(list).EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);

    public static IEnumerable<string> Ids(string list) =>
        File.GetProperty(list).EnumerateArray().Select(item => item.GetProperty("id").GetString()!);

    /// <summary>The rows of the file, null where a value is missing.</summary>
    public static double?[][] Rows(JsonElement data) =>
    [
        .. data.EnumerateArray().Select(row => row.EnumerateArray()
            .Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble()).ToArray()),
    ];

    public static int[][] Counts(JsonElement data) =>
        [.. data.EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetInt32()).ToArray())];

    /// <summary>Units as rows, of data with coders as rows.</summary>
    public static double?[][] Turned(double?[][] coders) => coders.Length == 0
        ? []
        : [.. Enumerable.Range(0, coders[0].Length).Select(unit => coders.Select(coder => coder[unit]).ToArray())];

    /// <summary>Units with one value a judgement, of counts by category.</summary>
    public static ReliabilityData Expanded(int[][] counts)
    {
        var most = counts.Max(unit => unit.Sum());
        return ReliabilityData.Of(
        [
            .. counts.Select(unit => unit.SelectMany((count, k) => Enumerable.Repeat((double?)k, count))
                .Concat(Enumerable.Repeat((double?)null, most - unit.Sum())).ToArray()),
        ]);
    }

    public static AlphaMetric Metric(string name) => Enum.Parse<AlphaMetric>(name, ignoreCase: true);
}
