using System.Collections.Frozen;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>Turns an envelope's data into its event.</summary>
internal static class LedgerData
{
    // Entries that no number depends on and that this fold therefore passes over.
    private static readonly FrozenSet<string> WithoutNumbers = ["personal-data-erased"];

    // An event of an older shape is made one of the present shape here, so that old histories stay readable for ever. So far all
    // shapes only grew by what may be absent.
    private static readonly FrozenDictionary<(string Type, int Schema), Func<JsonElement, JsonElement>> Older =
        FrozenDictionary<(string, int), Func<JsonElement, JsonElement>>.Empty;

    /// <summary>The event, or null for an entry that no number depends on.</summary>
    /// <exception cref="InvalidDataException">
    /// Of another study, unknown or of an unknown shape: folding on without it could give wrong numbers.
    /// </exception>
    public static object? Read(string study, long index, Envelope envelope) => Read(study, index, envelope, Older);

    /// <param name="older">Type and schema to what makes the data one of the next schema.</param>
    internal static object? Read(
        string study, long index, Envelope envelope, IReadOnlyDictionary<(string Type, int Schema), Func<JsonElement, JsonElement>> older)
    {
        if (envelope.Study != study)
            throw new InvalidDataException($"entry {index} is of study '{envelope.Study}'; allowed is '{study}'");
        if (WithoutNumbers.Contains(envelope.Type))
            return null;
        var (schema, data) = (envelope.Schema, envelope.Data);
        for (; older.TryGetValue((envelope.Type, schema), out var upcast); schema++)
            data = upcast(data);
        if (schema != LedgerEventNames.Schema)
            throw new InvalidDataException($"entry {index} has schema {envelope.Schema}; allowed is {LedgerEventNames.Schema}");
        if (!LedgerEventNames.Types.TryGetValue(envelope.Type, out var type))
            throw new InvalidDataException($"entry {index} has type '{envelope.Type}'; allowed are the names of LedgerEventNames");
        return ReadAs(index, envelope with { Data = data }, type);
    }

    /// <exception cref="InvalidDataException">The data is not of that type.</exception>
    public static object ReadAs(long index, Envelope envelope, Type type)
    {
        try
        {
            var read = envelope.Data.Deserialize(type, ContractJson.Options);
            var isWhole = read switch
            {
                null => false,
                RatingsSubmitted rated => !rated.Items.Contains(null!),
                RatingsWithdrawn withdrawn => !withdrawn.Items.Contains(null!),
                _ => true,
            };
            return isWhole
                ? read!
                : throw new InvalidDataException($"entry {index} is no {envelope.Type}: it has null where something has to be");
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"entry {index} is no {envelope.Type}: {malformed.Message}", malformed);
        }
    }
}
