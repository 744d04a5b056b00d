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

    /// <summary>The event, or null for an entry that no number depends on.</summary>
    /// <exception cref="InvalidDataException">
    /// Of another study, unknown or of an unknown shape: folding on without it could give wrong numbers.
    /// </exception>
    public static object? Read(string study, long index, Envelope envelope)
    {
        if (envelope.Study != study)
            throw new InvalidDataException($"entry {index} is of study '{envelope.Study}'; allowed is '{study}'");
        if (WithoutNumbers.Contains(envelope.Type))
            return null;
        if (envelope.Schema != LedgerEventNames.Schema)
            throw new InvalidDataException($"entry {index} has schema {envelope.Schema}; allowed is {LedgerEventNames.Schema}");
        if (!LedgerEventNames.Types.TryGetValue(envelope.Type, out var type))
            throw new InvalidDataException($"entry {index} has type '{envelope.Type}'; allowed are the names of LedgerEventNames");
        try
        {
            return envelope.Data.Deserialize(type, ContractJson.Options);
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"entry {index} is no {envelope.Type}: {malformed.Message}", malformed);
        }
    }
}
