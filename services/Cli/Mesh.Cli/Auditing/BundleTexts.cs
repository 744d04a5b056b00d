using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>
/// A bundle's texts, walked along beside its entries: each is what an entry commits to, and none is missing that was not erased. Only
/// hashes are held. Nothing is judged before the end, since no number depends on a text.
/// </summary>
internal sealed class BundleTexts(Bundle bundle) : IDisposable
{
    public const string Check = "texts";

    private readonly BundleLines<ReleasedRationale> _texts = bundle.Lines<ReleasedRationale>(BundleFormat.Texts);
    private readonly HashSet<string> _named = [];
    private readonly List<(long Index, string Hash)> _missing = [];
    private string? _other;

    /// <summary>Takes the texts of those hashes that no earlier entry names.</summary>
    /// <exception cref="InvalidDataException">The entry is no rating though it says so.</exception>
    public void Take(long index, Envelope said)
    {
        if (LedgerReplay.DataOf<RatingsSubmitted>(index, said) is not { } rated) return;
        foreach (var hash in rated.Items.SelectMany(TextHashes.Of).Where(_named.Add))
            if (_texts.Peek?.Hash != hash)
                _missing.Add((index, hash));
            else if (!Proofs.Opens(_texts.Take()!))
                _other ??= $"the text that entry {index} names by {hash} is another one: it or its salt was changed";
    }

    /// <summary>Says how they come out, when all entries were taken.</summary>
    /// <exception cref="AuditFailedException">One is another text, is named by no entry, or is missing and was not erased.</exception>
    public void End(LedgerReplay replay, AuditLog log)
    {
        if (_other is not null) throw new AuditFailedException(Check, _other);
        if (_texts.Peek is { } strange)
            throw new AuditFailedException(
                Check, $"line {_texts.Taken + 1} of {BundleFormat.Texts} has the hash {strange.Hash}, which no open entry names there");
        var erased = replay.Erasures.SelectMany(one => one.Erasure.Hashes).ToHashSet();
        foreach (var (index, hash) in _missing.Where(one => !erased.Contains(one.Hash)))
            throw new AuditFailedException(Check, $"entry {index} names the text {hash}, which is missing, and no entry erased it");
        log.Ok(
            Check, _texts.Taken,
            $"{Show.Count(_texts.Taken)} match their hashes, "
            + (_missing.Count == 0 ? "none is missing" : $"{Show.Count(_missing.Count)} erased, each by an entry that says why"));
        _named.ExceptWith(_missing.Select(one => one.Hash));
        foreach (var (index, erasure) in replay.Erasures)
            if (erasure.Hashes.Count(_named.Contains) is > 0 and var given)
                log.Notes.Add($"Entry {index}: erased but still given: {given} of its texts are in this bundle.");
    }

    public void Dispose() => _texts.Dispose();
}
