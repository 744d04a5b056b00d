using System.Security.Cryptography;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.Tests;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary>The texts behind a ledger's ratings, as intake keeps them apart and gives them out.</summary>
internal sealed class FakeTexts(StudyLedger ledger)
{
    private readonly Dictionary<string, ReleasedRationale> _kept = [];
    private readonly Dictionary<string, Guid> _erased = [];

    /// <summary>Keeps a text; for its hash.</summary>
    public string Keep(string text)
    {
        var salt = SHA256.HashData(Encoding.UTF8.GetBytes($"salt of {text}"));
        var hash = Commitment.HashText(salt, text);
        _kept[hash] = new(hash, text, Convert.ToBase64String(salt));
        return hash;
    }

    /// <summary>Deletes texts as an entry of the ledger says.</summary>
    public void Erase(params string[] hashes)
    {
        ledger.Append(new PersonalDataErased(hashes, null, "asked for by the person", "GDPR art. 17"));
        foreach (var hash in hashes)
        {
            Lose(hash);
            _erased[hash] = Leaf.Parse(Encoding.UTF8.GetBytes(ledger.All()[^1].Leaf)).EventId;
        }
    }

    /// <summary>Deletes a text, and nothing says so.</summary>
    public void Lose(string hash) => Assert.True(_kept.Remove(hash));

    /// <summary>Two entries a page, so that there are pages.</summary>
    public RoundRationales Page(int round, long from, bool titles)
    {
        var rated = ledger.Page(0, ledger.Size).Entries.Where(entry => entry.Index >= from && entry.Opening is not null)
            .Select(entry => (entry.Index, Said: LedgerReplay.DataOf<RatingsSubmitted>(
                entry.Index, Envelope.Parse(Encoding.UTF8.GetBytes(entry.Opening!.Envelope)))))
            .Where(entry => entry.Said?.Round == round).Take(2).ToArray();
        var hashes = rated.SelectMany(entry => entry.Said!.Items)
            .SelectMany(item => titles ? TextHashes.Of(item) : new[] { item.RationaleHash }.OfType<string>()).Distinct().ToArray();
        return new(
            ledger.Study, round, [.. hashes.Where(_kept.ContainsKey).Select(hash => _kept[hash])],
            rated.Length == 2 ? rated[^1].Index + 1 : null,
            [.. hashes.Where(_erased.ContainsKey).Select(hash => new ErasedText(hash, _erased[hash]))]);
    }
}
