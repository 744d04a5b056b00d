using System.Text.Json;

namespace AlignmentMesh.Ledger;

/// <summary>
/// A published document held against the recomputed one: numbers equal within 1e-12 relative, everything else exactly. Another
/// platform may round a last digit otherwise, so numbers are compared and not digests.
/// </summary>
/// <param name="Numbers">How many numbers were compared.</param>
/// <param name="ToTheBit">Every number has the same bits.</param>
/// <param name="Difference">The first thing that differs, by its place in the document; null when the two agree.</param>
public sealed record Reproduction(long Numbers, bool ToTheBit, string? Difference)
{
    /// <summary>Greatest difference of two numbers that count as equal, as a share of the larger one.</summary>
    public const double Tolerance = 1e-12;

    /// <summary>The documents agree.</summary>
    public bool Holds => Difference is null;

    public static Reproduction Of(JsonElement recomputed, JsonElement published)
    {
        var walk = new Walk();
        var difference = walk.Difference("", recomputed, published);
        return new(walk.Numbers, walk.ToTheBit && difference is null, difference);
    }

    private sealed class Walk
    {
        public long Numbers { get; private set; }

        public bool ToTheBit { get; private set; } = true;

        public string? Difference(string path, JsonElement a, JsonElement b) => (a.ValueKind, b.ValueKind) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => Compare(path, a, b),
            (JsonValueKind.Object, JsonValueKind.Object) => Objects(path, a, b),
            (JsonValueKind.Array, JsonValueKind.Array) => Arrays(path, a, b),
            _ when JsonElement.DeepEquals(a, b) => null,
            _ => Say(path, a, b),
        };

        private string? Compare(string path, JsonElement a, JsonElement b)
        {
            var (x, y) = (a.GetDouble(), b.GetDouble());
            Numbers++;
            ToTheBit &= BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y);
            return Math.Abs(x - y) <= Tolerance * Math.Max(Math.Abs(x), Math.Abs(y)) ? null : Say(path, a, b);
        }

        private string? Objects(string path, JsonElement a, JsonElement b)
        {
            var names = a.EnumerateObject().Select(property => property.Name).Union(b.EnumerateObject().Select(property => property.Name));
            foreach (var name in names)
            {
                if (!a.TryGetProperty(name, out var left) || !b.TryGetProperty(name, out var right))
                    return $"{$"{path}.{name}".TrimStart('.')} is in one of them only";
                if (Difference($"{path}.{name}", left, right) is { } difference)
                    return difference;
            }

            return null;
        }

        private string? Arrays(string path, JsonElement a, JsonElement b)
        {
            if (a.GetArrayLength() != b.GetArrayLength())
                return $"{path.TrimStart('.')} has {b.GetArrayLength()} elements, recomputed {a.GetArrayLength()}";
            for (var i = 0; i < a.GetArrayLength(); i++)
                if (Difference($"{path}[{i}]", a[i], b[i]) is { } difference)
                    return difference;
            return null;
        }

        private static string Say(string path, JsonElement a, JsonElement b) => $"{path.TrimStart('.')} is {b}, recomputed {a}";
    }
}
