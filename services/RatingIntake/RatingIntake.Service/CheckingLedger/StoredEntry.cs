using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;
using AlignmentMesh.RatingIntake.Service.SequencingLedger;
using JasperFx.Events;

namespace AlignmentMesh.RatingIntake.Service.CheckingLedger;

/// <summary>What is wrong with an entry: a kind for machines, a sentence for people.</summary>
internal readonly record struct Flaw(string Kind, string What);

/// <summary>A ledger row as it is stored.</summary>
internal sealed record StoredEntry(
    long Index, Guid EventId, string Type, int? Round, bool Blind, byte[] Leaf, byte[] Nodes, byte[] Salt, byte[] Envelope)
{
    /// <summary>What of it does not fit the event it stands for, from the leaf to the event.</summary>
    /// <param name="stored">Null where there is no such event.</param>
    public IEnumerable<Flaw> FlawsBeside(IEvent? stored)
    {
        if (Read() is not { } leaf)
        {
            yield return new Flaw("leaf-malformed", "The leaf is not one that rating-intake writes.");
            yield break;
        }

        if (leaf.EventId != EventId)
            yield return new Flaw("leaf-of-another-event", $"The leaf names event {leaf.EventId}.");
        if (!IsCommittedTo(leaf, Salt, Envelope))
            yield return new Flaw("opening-differs", "Salt and envelope of the entry are not what its leaf commits to.");
        if (stored is null)
        {
            yield return new Flaw("event-missing", "No event stands behind the entry.");
            yield break;
        }

        foreach (var flaw in FlawsOf(stored, leaf)) yield return flaw;
    }

    private IEnumerable<Flaw> FlawsOf(IEvent stored, Leaf leaf)
    {
        // The place and the hashes of this row would be those of another one; all else follows from the event alone.
        var expected = LedgerRow.From(stored, new CompactRange(), leaf.SequencedAt);
        if (!expected.Salt.AsSpan().SequenceEqual(Salt))
            yield return new Flaw("salt-changed", "The event has another salt than its entry.");
        if (!IsCommittedTo(leaf, Decided.SaltOf(stored), expected.Envelope))
            yield return new Flaw("event-changed", "The event, as it is stored now, is not what the leaf commits to.");
        if ((expected.Type, expected.Round, expected.Blind) != (Type, Round, Blind))
            yield return new Flaw("release-changed", "Type, round or blindness of the entry are not the event's: they decide its release.");
    }

    private Leaf? Read()
    {
        try
        {
            return Ledger.Leaf.Parse(Leaf);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsCommittedTo(Leaf leaf, byte[] salt, byte[] envelope) =>
        salt.Length == Commitment.SaltSize && Convert.ToHexStringLower(Commitment.Of(salt, envelope)) == leaf.Commitment;
}
