using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.CheckpointSigning.Domain;

/// <summary>A restore that one round manager announced and another confirmed.</summary>
/// <param name="Index">Of the entry that announced it.</param>
/// <param name="KeptSize">Entries that the backup had.</param>
/// <param name="Root">Root over them.</param>
public sealed record ConfirmedRestore(long Index, int Epoch, long KeptSize, byte[] Root)
{
    /// <summary>
    /// The confirmed restores of a ledger. An entry counts only if its opening is what its leaf commits to.
    /// </summary>
    /// <exception cref="FormatException">An opening is not what its leaf commits to, or is malformed.</exception>
    public static IReadOnlyList<ConfirmedRestore> In(IEnumerable<LedgerEntry> entries)
    {
        var (announced, confirmed) = (new List<(long Index, LedgerRestored Restore)>(), new List<ConfirmedRestore>());
        foreach (var entry in entries)
        {
            switch (EventOf(entry))
            {
                case LedgerRestored { Manager: not null } restore:
                    announced.Add((entry.Index, restore));
                    break;
                case RestoreConfirmed confirmation:
                    var (index, its) = announced.LastOrDefault(one => one.Restore.Epoch == confirmation.Epoch);
                    if (its is not null && its.Manager != confirmation.Manager)
                        confirmed.Add(new ConfirmedRestore(index, its.Epoch, its.KeptSize, Convert.FromHexString(its.Root)));
                    break;
            }
        }

        return confirmed;
    }

    private static object? EventOf(LedgerEntry entry)
    {
        if (entry.Opening is not { } opening) return null;
        var bytes = Encoding.UTF8.GetBytes(opening.Envelope);
        var envelope = Envelope.Parse(bytes);
        if (envelope.Type != Restored && envelope.Type != Confirmed) return null;
        var commitment = Commitment.Of(Convert.FromBase64String(opening.Salt), bytes);
        return Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf)).Commitment == Convert.ToHexStringLower(commitment)
            ? envelope.Data.Deserialize(LedgerEventNames.Types[envelope.Type], ContractJson.Options)
            : throw new FormatException($"Entry {entry.Index} shows another content than it commits to.");
    }

    private static string Restored { get; } = LedgerEventNames.Of(typeof(LedgerRestored));

    private static string Confirmed { get; } = LedgerEventNames.Of(typeof(RestoreConfirmed));
}
