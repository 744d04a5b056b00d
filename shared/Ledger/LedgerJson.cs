using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlignmentMesh.Ledger;

/// <summary>Reads a record from canonical bytes, and refuses every other spelling of the same value.</summary>
internal static class LedgerJson
{
    /// <summary>Every key is written (nulls too) and read: a missing, unknown or repeated one is an error.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    /// <exception cref="FormatException">The bytes are not those of a <typeparamref name="T"/>.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Options) ?? throw new FormatException($"The {what} is null; allowed is an object.");
        }
        catch (JsonException malformed)
        {
            throw new FormatException($"The {what} is malformed: {malformed.Message}", malformed);
        }
    }

    /// <exception cref="FormatException">The bytes are another spelling than the canonical one.</exception>
    public static void RequireCanonical(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> canonical, string what)
    {
        if (!bytes.SequenceEqual(canonical))
            throw new FormatException($"The {what} is not in canonical form; allowed is the RFC 8785 spelling, byte for byte.");
    }
}
