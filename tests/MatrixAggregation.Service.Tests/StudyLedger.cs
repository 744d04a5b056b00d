using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>A study's ledger as intake would write it: real commitments, real tree, real signatures.</summary>
internal sealed class StudyLedger(string study, ECDsa pageKey)
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly Lock _turn = new();
    private readonly List<(LedgerEntry Entry, int? BlindRound)> _entries = [];
    private readonly List<string> _roots = [Convert.ToHexStringLower(Merkle.EmptyRoot)];
    private readonly CompactRange _range = new();
    private readonly HashSet<int> _closed = [];
    private readonly Dictionary<string, long> _streams = [];
    private int? _open;
    private bool _blind;

    public static readonly Catalogue Catalogue = new(
        [new("RLHF", "RLHF", "Reinforcement learning from human feedback."), new("Debate", "AI debate", "Two systems argue.")],
        [new("COLL", "Collusion", "Systems collude."), new("AL-GEN", "Generalisation", "Alignment does not generalise.")],
        [new("both", ["RLHF", "Debate"])]);

    public string Study => study;

    public long Size
    {
        get
        {
            lock (_turn) return _entries.Count;
        }
    }

    /// <summary>Openings then say something else than was committed to.</summary>
    public bool FalsifyOpenings { get; set; }

    public static DateTimeOffset SequencedAt(long index) => Begin.AddSeconds(index);

    /// <summary>A study with two organisations and an open round: four entries.</summary>
    public StudyLedger Begun(string? roundMode = "open", string? label = null)
    {
        Append(new StudyOpened(study, "A study", "owner", Catalogue, label));
        Append(new OrganisationAdmitted("lab-a", "Lab A"));
        Append(new OrganisationAdmitted("lab-b", "Lab B"));
        if (roundMode is not null) Append(new RoundOpened(1, roundMode));
        return this;
    }

    /// <summary>One rating of one cell by one rater.</summary>
    public long Rate(string organisation, string rater, string best, string technique = "RLHF", string? failureMode = "COLL") => Append(
        new RatingsSubmitted(_open!.Value, _blind, "human", [new RatedItem(technique, failureMode, Best: best)]), organisation, rater);

    /// <summary>Ratings of different raters and cells, the same ones for the same count.</summary>
    public StudyLedger RatedBy(int raters)
    {
        for (var i = 0; i < raters; i++)
            Rate(
                i % 3 == 0 ? "lab-a" : "lab-b", $"rater-{i % 7}", Decimals.Format((i * 37 % 90 + 5) / 100m),
                i % 2 == 0 ? "RLHF" : "Debate", i % 5 == 4 ? null : i % 4 < 2 ? "COLL" : "AL-GEN");
        return this;
    }

    /// <summary>An event of the rater is accepted and never gets an entry.</summary>
    public void Leave(string organisation, string rater) => _streams[$"assessment/{study}/{organisation}/{rater}"]++;

    public long Append(object @event, string? organisation = null, string? rater = null)
    {
        lock (_turn)
        {
            if (@event is RoundOpened opened) (_open, _blind) = (opened.Round, opened.Mode == "blind");
            var index = _entries.Count;
            var salt = SHA256.HashData(Encoding.UTF8.GetBytes($"salt/{study}/{index}"));
            var envelope = EnvelopeOf(index, @event, organisation, rater).ToBytes();
            var leaf = new Leaf(
                new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{study}/{index}")).AsSpan(0, 16)),
                Convert.ToHexStringLower(Commitment.Of(salt, envelope)), Timestamps.Format(SequencedAt(index))).ToBytes();
            var opening = new LedgerOpening(index, Convert.ToBase64String(salt), Encoding.UTF8.GetString(envelope));
            var blindRound = rater is not null && _blind ? _open : null;
            _entries.Add((new LedgerEntry(index, Encoding.UTF8.GetString(leaf), opening, TraceparentOf(index)), blindRound));
            _range.Append(Merkle.LeafHash(leaf));
            _roots.Add(Convert.ToHexStringLower(_range.Root()));
            if (@event is RoundClosed closed)
            {
                _closed.Add(closed.Round);
                (_open, _blind) = (null, false);
            }

            return index;
        }
    }

    /// <summary>Entries [from, until) as intake gives them out now, under a signed head.</summary>
    public LedgerPage Page(long from, long until)
    {
        lock (_turn)
            return new LedgerPage(
                study, from, [.. _entries.Skip((int)from).Take((int)(until - from)).Select(Released)], Head(until));
    }

    /// <summary>The whole ledger in pages of so many entries.</summary>
    public IReadOnlyList<LedgerPage> Pages(int size) =>
        [.. Enumerable.Range(0, (int)((Size + size - 1) / size)).Select(at => Page(at * size, Math.Min(Size, (at + 1) * size)))];

    public TreeHead Head(long size)
    {
        lock (_turn) return new TreeHead(study, size, _roots[(int)size], TreeHeadSignature.Sign(pageKey, study, size, _roots[(int)size]));
    }

    /// <summary>Every entry with its opening, released or not: what only intake and the test know.</summary>
    public IReadOnlyList<LedgerEntry> All()
    {
        lock (_turn) return [.. _entries.Select(pair => pair.Entry)];
    }

    public LedgerOpenings Openings(int round, long from, int limit)
    {
        lock (_turn)
        {
            var openings = _entries.Where(pair => pair.BlindRound == round && pair.Entry.Index >= from && _closed.Contains(round))
                .Select(pair => pair.Entry.Opening!)
                .Select(opening => FalsifyOpenings ? Falsified(opening) : opening).Take(limit).ToArray();
            return new LedgerOpenings(study, round, openings, openings.Length == limit ? openings[^1].Index + 1 : null);
        }
    }

    public static string TraceparentOf(long index) => $"00-{index + 1:x32}-{index + 1:x16}-01";

    private LedgerEntry Released((LedgerEntry Entry, int? BlindRound) pair) =>
        pair.BlindRound is { } round && !_closed.Contains(round) ? pair.Entry with { Opening = null } : pair.Entry;

    private static LedgerOpening Falsified(LedgerOpening opening) =>
        opening with { Envelope = opening.Envelope.Replace("0.", "0.9", StringComparison.Ordinal) };

    private Envelope EnvelopeOf(long index, object @event, string? organisation, string? rater)
    {
        var stream = rater is null ? $"study/{study}" : $"assessment/{study}/{organisation}/{rater}";
        return new(
            study, stream, _streams[stream] = _streams.GetValueOrDefault(stream) + 1, LedgerEventNames.Of(@event.GetType()),
            LedgerEventNames.Schema, organisation, rater, _open, Timestamps.Format(SequencedAt(index)),
            JsonSerializer.SerializeToElement(@event, @event.GetType(), ContractJson.Options));
    }
}
