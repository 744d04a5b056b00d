using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Demo;

/// <summary>Compares two answers number by number: equal within 1e-12 relative, everything else exactly.</summary>
internal static class Agreement
{
    private const double Tolerance = 1e-12;

    /// <summary>True when the answers are equal to the last bit, false when within the tolerance.</summary>
    /// <exception cref="CommandException">They differ; the message says where.</exception>
    public static bool Require<T>(string what, T computed, T answered)
    {
        var exact = true;
        if (Difference("", ToElement(computed), ToElement(answered), ref exact) is { } difference)
            throw new CommandException(
                ExitCode.Failed, $"{what} differs from what was recomputed: {difference}.",
                    "Report this: a published number did not follow from its ledger.");
        return exact;
    }

    private static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, ContractJson.Options);

    private static string? Difference(string path, JsonElement a, JsonElement b, ref bool exact) => (a.ValueKind, b.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => Numbers(path, a, b, ref exact),
        (JsonValueKind.Object, JsonValueKind.Object) => Objects(path, a, b, ref exact),
        (JsonValueKind.Array, JsonValueKind.Array) => Arrays(path, a, b, ref exact),
        _ when JsonElement.DeepEquals(a, b) => null,
        _ => Say(path, a, b),
    };

    private static string? Numbers(string path, JsonElement a, JsonElement b, ref bool exact)
    {
        var (x, y) = (a.GetDouble(), b.GetDouble());
        exact &= BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y);
        return Math.Abs(x - y) <= Tolerance * Math.Max(Math.Abs(x), Math.Abs(y)) ? null : Say(path, a, b);
    }

    private static string? Objects(string path, JsonElement a, JsonElement b, ref bool exact)
    {
        var names = a.EnumerateObject().Select(property => property.Name).Union(b.EnumerateObject().Select(property => property.Name));
        foreach (var name in names)
        {
            if (!a.TryGetProperty(name, out var left) || !b.TryGetProperty(name, out var right))
                return $"{path}.{name} is in one of them only";
            if (Difference($"{path}.{name}", left, right, ref exact) is { } difference)
                return difference;
        }

        return null;
    }

    private static string? Arrays(string path, JsonElement a, JsonElement b, ref bool exact)
    {
        if (a.GetArrayLength() != b.GetArrayLength())
            return $"{path} has {a.GetArrayLength()} and {b.GetArrayLength()} elements";
        for (var i = 0; i < a.GetArrayLength(); i++)
            if (Difference($"{path}[{i}]", a[i], b[i], ref exact) is { } difference)
                return difference;
        return null;
    }

    private static string Say(string path, JsonElement a, JsonElement b) => $"{path.TrimStart('.')} is {b}, recomputed {a}";
}
