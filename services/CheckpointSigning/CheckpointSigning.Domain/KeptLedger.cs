using AlignmentMesh.Ledger;

namespace AlignmentMesh.CheckpointSigning.Domain;

/// <summary>What the signer itself kept of a study's ledger: whatever the ledger says later is measured by this.</summary>
/// <param name="Epoch">1, and one more with each restore that was explained.</param>
/// <param name="Size">Entries that it has signed for.</param>
/// <param name="Frontier">Hashes of the complete subtrees that cover them, largest first.</param>
public sealed record KeptLedger(string Study, int Epoch, long Size, IReadOnlyList<byte[]> Frontier)
{
    public static KeptLedger Nothing(string study) => new(study, Epoch: 1, Size: 0, []);

    public byte[] Root => Range().Root();

    /// <summary>As it is after further entries.</summary>
    public KeptLedger With(IReadOnlyList<byte[]> leafHashes)
    {
        var range = Range();
        foreach (var leafHash in leafHashes) range.Append(leafHash);
        return this with { Size = range.Size, Frontier = range.Frontier };
    }

    private CompactRange Range() => new(Size, Frontier);
}
