using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlignmentMesh.Ledger;

/// <summary>Refuses to write a string that is not well-formed UTF-16, instead of changing it.</summary>
internal sealed class WellFormedText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Check(value));

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Check(value));

    private static string Check(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                throw new JsonException($"A string holds a lone surrogate at position {at}; allowed is well-formed Unicode text.");
            at++;
        }

        return text;
    }
}
