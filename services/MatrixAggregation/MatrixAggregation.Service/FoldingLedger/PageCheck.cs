using System.Security.Cryptography;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>That a page is what intake sequenced: shape, leaves, openings and root. The signature is checked before.</summary>
internal static class PageCheck
{
    /// <exception cref="PageRefusedException">A part is missing, or the entries are not those from From to the head.</exception>
    public static void RequireShape(LedgerPage? page)
    {
        if (page?.Study is null || page.Entries is null || page.Head is not { Study: not null, Root: not null, Signature: not null } head)
            throw new PageRefusedException(RefusalReason.Malformed, "The page lacks its study, its entries or its head.");
        if (head.Study != page.Study)
            throw new PageRefusedException(RefusalReason.Malformed, $"The head is of study '{head.Study}'; allowed is '{page.Study}'.");
        if (page.From < 0 || page.Entries.Count == 0 || page.From + page.Entries.Count != head.Size)
            throw new PageRefusedException(
                RefusalReason.Malformed,
                $"From {page.From} with {page.Entries.Count} entries does not end at the head's size {head.Size}.");
        for (var at = 0; at < page.Entries.Count; at++)
        {
            var index = page.From + at;
            if (page.Entries[at] is not { Leaf: not null } entry || entry.Index != index || Misplaced(entry.Opening, index))
                throw new PageRefusedException(RefusalReason.Malformed, $"The entry at {index} lacks its leaf or bears another index.");
        }
    }

    /// <summary>
    /// True when an entry came without its opening. Leaf, root and signature do not show whether somebody on the way took
    /// it off, so such a page is read from the feed instead.
    /// </summary>
    public static bool IsSealed(LedgerPage page) => page.Entries.Any(entry => entry.Opening is null);

    /// <summary>Reads an entry and checks what it opens.</summary>
    /// <exception cref="PageRefusedException">It cannot be read, or the opening is not what the leaf commits to.</exception>
    public static VerifiedEntry Read(LedgerEntry entry)
    {
        try
        {
            if (entry.Opening is { } opening) RequireCommitment(opening, Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf)));
            return new VerifiedEntry(entry, FoldEntry.Read(entry));
        }
        catch (FormatException unreadable)
        {
            throw new PageRefusedException(RefusalReason.UnreadableEntry, $"Entry {entry.Index} cannot be read.", unreadable);
        }
    }

    /// <summary>Checks an opening that came after its leaf, and reads it.</summary>
    /// <exception cref="PageRefusedException">It cannot be read, or is not what the leaf commits to.</exception>
    public static FoldOpening ReadOpening(LedgerOpening opening, Leaf leaf)
    {
        try
        {
            RequireCommitment(opening, leaf);
            return FoldOpening.Read(opening);
        }
        catch (FormatException unreadable)
        {
            throw new PageRefusedException(RefusalReason.UnreadableEntry, $"Opening {opening.Index} cannot be read.", unreadable);
        }
    }

    /// <exception cref="PageRefusedException">The tree that was built here is not the one that intake signed.</exception>
    public static void RequireRoot(CompactRange range, TreeHead head)
    {
        if (Convert.ToHexStringLower(range.Root()) != head.Root)
            throw new PageRefusedException(RefusalReason.WrongRoot, $"The entries up to {head.Size} do not have the root that was signed.");
    }

    private static bool Misplaced(LedgerOpening? opening, long index) =>
        opening is not null && (opening.Index != index || opening.Salt is null || opening.Envelope is null);

    private static void RequireCommitment(LedgerOpening opening, Leaf leaf)
    {
        var salt = Convert.FromBase64String(opening.Salt);
        if (salt.Length != Commitment.SaltSize)
            throw new FormatException($"The salt has {salt.Length} bytes; allowed are {Commitment.SaltSize}.");
        var opened = Commitment.Of(salt, Encoding.UTF8.GetBytes(opening.Envelope));
        if (!CryptographicOperations.FixedTimeEquals(opened, Convert.FromHexString(leaf.Commitment)))
            throw new PageRefusedException(RefusalReason.WrongCommitment, $"Opening {opening.Index} is not what its leaf commits to.");
    }
}
