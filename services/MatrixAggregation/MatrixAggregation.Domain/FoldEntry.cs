using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>One ledger entry as the fold takes it. Signatures, roots and commitments are verified before.</summary>
/// <param name="SequencedAt">From the leaf, RFC 3339 UTC with microseconds.</param>
/// <param name="TraceId">32 hex digits of the request that caused the entry, or null.</param>
/// <param name="Envelope">Null while only the leaf is known.</param>
public sealed record FoldEntry(long Index, Guid EventId, string SequencedAt, string? TraceId, Envelope? Envelope)
{
    /// <exception cref="FormatException">Leaf or envelope is not in its canonical form.</exception>
    public static FoldEntry Read(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var leaf = Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf));
        var envelope = entry.Opening is { } opening ? FoldOpening.Read(opening).Envelope : null;
        return new(entry.Index, leaf.EventId, leaf.SequencedAt, TraceIdOf(entry.Traceparent), envelope);
    }

    // W3C: version-traceid-parentid-flags.
    private static string? TraceIdOf(string? traceparent) => traceparent?.Split('-') is [_, { Length: 32 } id, _, _] ? id : null;
}

/// <summary>What a blind round's entry turns out to say.</summary>
public sealed record FoldOpening(long Index, Envelope Envelope)
{
    /// <exception cref="FormatException">The envelope is not in its canonical form.</exception>
    public static FoldOpening Read(LedgerOpening opening)
    {
        ArgumentNullException.ThrowIfNull(opening);
        return new(opening.Index, Envelope.Parse(Encoding.UTF8.GetBytes(opening.Envelope)));
    }
}
