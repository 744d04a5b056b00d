using System.Runtime.CompilerServices;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>The texts that released entries name, fetched in the order in which they are named; a page of them is held.</summary>
internal sealed class NamedTexts
{
    private readonly List<(long Index, int Round, string Hash)> _named = [];
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string> _erased = [];

    public long Count => _named.Count;

    /// <summary>Takes note of what the next entry names, or says was erased.</summary>
    public void Remember(long index, Envelope said)
    {
        if (LedgerReplay.DataOf<RatingsSubmitted>(index, said) is { } rated)
            _named.AddRange(
                rated.Items.SelectMany(TextHashes.Of).Where(_known.Add).Select(hash => (index, rated.Round, hash)));
        if (LedgerReplay.DataOf<PersonalDataErased>(index, said) is { } erased) _erased.UnionWith(erased.Hashes);
    }

    /// <summary>Those texts that there are; one that was lost is missing, for the verification to say so.</summary>
    /// <exception cref="CommandException">One was erased by an entry that was not remembered.</exception>
    public async IAsyncEnumerable<ReleasedRationale> ReadAsync(
        PublishedStudy published, Action<long> done, [EnumeratorCancellation] CancellationToken ct)
    {
        RoundRationales? page = null;
        var texts = new Dictionary<string, ReleasedRationale>();
        foreach (var (index, round, hash) in _named)
        {
            if (page is null || page.Round != round || page.Next <= index)
            {
                page = await published.TextsAsync(round, index, ct);
                texts = page.Rationales.ToDictionary(one => one.Hash);
            }

            if (texts.TryGetValue(hash, out var text)) yield return text;
            else if (!_erased.Contains(hash)) RequireNotErased(index, hash, page);
            done(1);
        }
    }

    private static void RequireNotErased(long index, string hash, RoundRationales page)
    {
        if (page.Erased?.FirstOrDefault(one => one.Hash == hash) is { } erased)
            throw new CommandException(
                ExitCode.Failed, $"A text of entry {index} was erased by event {erased.EventId}, whose entry is beyond this bundle's end.",
                "Export a --size that has that entry (the newest checkpoint may not have it yet), or leave out --texts.");
    }
}
