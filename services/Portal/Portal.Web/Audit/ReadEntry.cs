using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Audit;

/// <summary>One ledger entry as a reader understands it.</summary>
/// <param name="Leaf">Null when its bytes are no leaf.</param>
/// <param name="Envelope">Null while the entry is sealed, or when it cannot be read.</param>
/// <param name="Matches">Whether the leaf commits to the envelope; null while it is sealed.</param>
public sealed record ReadEntry(LedgerEntry Entry, Leaf? Leaf, Envelope? Envelope, bool? Matches)
{
    public bool IsSealed => Entry.Opening is null;

    /// <summary>The id in the trace context, or null.</summary>
    public string? TraceId => Entry.Traceparent?.Split('-') is [_, var trace, ..] ? trace : null;

    public RatingsSubmitted? Ratings => Data<RatingsSubmitted>();

    public RatingsWithdrawn? Withdrawn => Data<RatingsWithdrawn>();

    public static ReadEntry Of(LedgerEntry entry)
    {
        var leaf = TryRead(() => Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf)));
        if (entry.Opening is not { } opening) return new ReadEntry(entry, leaf, null, null);
        var bytes = Encoding.UTF8.GetBytes(opening.Envelope);
        var envelope = TryRead(() => Envelope.Parse(bytes));
        return new ReadEntry(entry, leaf, envelope, leaf is not null && Commits(leaf, opening.Salt, bytes));
    }

    /// <summary>What happened, in a few words.</summary>
    public string Words => Envelope?.Type switch
    {
        _ when IsSealed => "sealed until its blind round closes",
        null => "cannot be read",
        "ratings-submitted" => $"{Show.Count(Ratings?.Items.Count ?? 0, "rating")} submitted",
        "ratings-withdrawn" => $"{Show.Count(Withdrawn?.Items.Count ?? 0, "rating")} withdrawn",
        "round-opened" => $"round {Text("round")} opened, {Text("mode")}",
        "round-closed" => $"round {Text("round")} closed",
        "organisation-admitted" => $"{Text("name") ?? Text("organisation")} admitted",
        "organisation-removed" => $"{Text("organisation")} removed: {Text("reason")}",
        "catalogue-changed" => $"{Text("kind")} {Text("id")} changed: {Text("reason")}",
        "ledger-restored" => $"restored from a backup: {Text("reason")}",
        var type => type.Replace('-', ' '),
    };

    private string? Text(string name) => Envelope!.Data.TryGetProperty(name, out var value) ? value.ToString() : null;

    private T? Data<T>()
        where T : class
    {
        if (Envelope is null || LedgerEventNames.Types.GetValueOrDefault(Envelope.Type) != typeof(T)) return null;
        try
        {
            return Envelope.Data.Deserialize<T>(ContractJson.Options);
        }
        catch (JsonException)
        {
            // A shape of a later release: the page shows the data as it stands.
            return null;
        }
    }

    private static bool Commits(Leaf leaf, string salt, byte[] envelope)
    {
        var bytes = new byte[Commitment.SaltSize];
        return Convert.TryFromBase64String(salt, bytes, out var length) && length == bytes.Length
            && Convert.ToHexStringLower(Commitment.Of(bytes, envelope)) == leaf.Commitment;
    }

    private static T? TryRead<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            // The page says that it cannot be read.
            return null;
        }
    }
}
