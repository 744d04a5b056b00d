using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AlignmentMesh.Ledger;

/// <summary>
/// JSON with one spelling per value, so that parties who agree on a value agree on its bytes: RFC 8785 (JCS). Keys in
/// order of their UTF-16 code units, numbers as ECMAScript writes doubles, the shortest escapes, no white space.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Nesting beyond which a document is refused.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    // Writers replace a lone surrogate by U+FFFD without a word, so strings are checked on their way into the writer.
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> Checked = [];

    /// <summary>The canonical bytes of <paramref name="json"/>, without a byte order mark.</summary>
    /// <exception cref="JsonException">
    /// Not well-formed JSON, a key twice in one object, a lone surrogate, a number that no finite double comes near, or
    /// nesting deeper than <see cref="MaxDepth"/>.
    /// </exception>
    public static byte[] Canonicalise(ReadOnlySpan<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), Strict);
            var output = new ArrayBufferWriter<byte>(json.Length);
            CanonicalWriter.Write(document.RootElement, output);
            return output.WrittenSpan.ToArray();
        }
        catch (InvalidOperationException lone)
        {
            throw new JsonException("Canonical JSON holds well-formed text: a string or key has a lone surrogate or invalid UTF-8.", lone);
        }
    }

    /// <summary>Serialises <paramref name="value"/> by <paramref name="options"/> and canonicalises the result.</summary>
    /// <exception cref="JsonException">As <see cref="Canonicalise"/>; also for NaN and infinities.</exception>
    public static byte[] Serialize<T>(T value, JsonSerializerOptions options)
    {
        try
        {
            return Canonicalise(JsonSerializer.SerializeToUtf8Bytes(value, Checked.GetValue(options, WithCheckedText)));
        }
        catch (ArgumentException notANumber)
        {
            throw new JsonException("Canonical JSON holds finite numbers and well-formed text only: " + notANumber.Message, notANumber);
        }
    }

    private static JsonSerializerOptions WithCheckedText(JsonSerializerOptions options)
    {
        var copy = new JsonSerializerOptions(options);
        copy.Converters.Add(new WellFormedText());
        return copy;
    }
}
