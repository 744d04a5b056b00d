using System.Collections.Immutable;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// What the first <see cref="Next"/> entries of a study's ledger come to: all that a matrix depends on. Immutable, so a page
/// that fails to be stored is simply forgotten. The ledger index alone orders: per rater and quantity the greatest wins.
/// </summary>
/// <param name="Next">Index of the next entry, which is the version of the present state.</param>
/// <param name="AsOf">sequencedAt of the last entry; empty before the first.</param>
/// <param name="Opened">Null before StudyOpened.</param>
/// <param name="MaterialChanges">Kind and id of a catalogue item to the index of its addition or last material change.</param>
/// <param name="Removals">Organisation to the index of its last removal.</param>
/// <param name="Hidden">Entries of a blind round, kept back until all of them may be applied.</param>
/// <param name="AwaitedOpenings">
/// The closed round whose openings must be given to <see cref="Open"/> before anything else can be done; null otherwise.
/// </param>
public sealed record MatrixState(
    string Study, long Next, string AsOf, StudyOpened? Opened, ImmutableList<CatalogueItem> Techniques,
    ImmutableList<CatalogueItem> FailureModes, ImmutableDictionary<(string Kind, string Id), long> MaterialChanges,
    ImmutableDictionary<string, long> Removals, ImmutableList<RoundState> Rounds,
    ImmutableDictionary<Quantity, QuantityState> Quantities, ImmutableSortedDictionary<long, FoldEntry> Hidden, int? AwaitedOpenings)
{
    private const string Blind = "blind";

    /// <summary>The constants of ROHL-1 in force.</summary>
    public StudyPolicy Policy { get; init; } = StudyPolicy.Standard;

    public static MatrixState Empty(string study) => new(
        study, 0, "", null, [], [], ImmutableDictionary<(string, string), long>.Empty, ImmutableDictionary<string, long>.Empty, [],
        ImmutableDictionary<Quantity, QuantityState>.Empty, ImmutableSortedDictionary<long, FoldEntry>.Empty, null);

    /// <summary>The state after one more entry.</summary>
    /// <exception cref="InvalidOperationException">Openings are awaited, or the entry is not the next one.</exception>
    /// <exception cref="InvalidDataException">The entry cannot stand in this ledger.</exception>
    public MatrixState Apply(FoldEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (AwaitedOpenings is { } round)
            throw new InvalidOperationException($"entry {entry.Index} has to wait for the openings of round {round}");
        if (entry.Index != Next)
            throw new InvalidOperationException($"entry {entry.Index} is not the next one, which is {Next}");
        var after = this with { Next = entry.Index + 1, AsOf = entry.SequencedAt };
        if (entry.Envelope is { } envelope)
            return after.Evolve(entry, LedgerData.Read(Study, entry.Index, envelope), envelope);
        return Rounds is [.., { Mode: Blind, ClosedAt: null }]
            ? after with { Hidden = Hidden.Add(entry.Index, entry) }
            : throw new InvalidDataException($"entry {entry.Index} has no opening; allowed only while a blind round is open");
    }

    /// <summary>The state with openings of the awaited round; the last one applies them all, in ledger order.</summary>
    /// <exception cref="InvalidOperationException">No openings are awaited.</exception>
    /// <exception cref="InvalidDataException">An opening is of no hidden entry, or of something that is never hidden.</exception>
    public MatrixState Open(IEnumerable<FoldOpening> openings)
    {
        ArgumentNullException.ThrowIfNull(openings);
        if (AwaitedOpenings is not { } round)
            throw new InvalidOperationException("no openings are awaited: no blind round was closed with entries still hidden");
        var hidden = Hidden.ToBuilder();
        foreach (var (index, envelope) in openings)
        {
            if (!hidden.TryGetValue(index, out var entry))
                throw new InvalidDataException($"opening {index} belongs to no hidden entry of round {round}");
            RequireRatingOf(round, index, envelope);
            hidden[index] = entry with { Envelope = envelope };
        }

        return (this with { Hidden = hidden.ToImmutable() }).Release();
    }

    /// <summary>Why the judgement does not count, one of <see cref="NotCounted"/>, or null when it does.</summary>
    /// <param name="aiRatersCount">True for the one lens that shows what AI raters would change.</param>
    public string? NotCountedBecause(Quantity quantity, Judgement judgement, bool aiRatersCount = false)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        if (judgement.Rating is null)
            return NotCounted.Withdrawn;
        if (judgement.LedgerIndex < Removals.GetValueOrDefault(judgement.By.Organisation, -1))
            return NotCounted.OrganisationRemoved;
        if (judgement.RaterKind == NotCounted.AiKind && !aiRatersCount)
            return NotCounted.AiRater;
        var changed = Math.Max(
            quantity.Technique is { } technique ? MaterialChanges.GetValueOrDefault((CatalogueKind.Technique, technique), -1) : -1,
            quantity.FailureMode is { } mode ? MaterialChanges.GetValueOrDefault((CatalogueKind.FailureMode, mode), -1) : -1);
        return judgement.LedgerIndex < changed ? NotCounted.Stale : null;
    }

    /// <summary>Every cell of the matrix, rated or not: techniques outer, failure modes inner.</summary>
    internal IEnumerable<Quantity> Cells =>
        Techniques.SelectMany(technique => FailureModes.Select(mode => new Quantity(technique.Id, mode.Id)));

    /// <summary>Every judgement of the quantity, counted or not, by organisation and rater.</summary>
    public IEnumerable<Judgement> JudgementsOf(Quantity quantity) =>
        Quantities.TryGetValue(quantity, out var found) ? found.Judgements.Values : [];

    /// <summary>The quantities whose consensus may differ from that of an earlier version of the same ledger.</summary>
    public IReadOnlySet<Quantity> TouchedSince(long version) =>
        Quantities.Where(pair => pair.Value.TouchedAt > version).Select(pair => pair.Key).ToHashSet();

    private MatrixState Evolve(FoldEntry entry, object? data, Envelope envelope)
    {
        if (Opened is null != data is StudyOpened)
            throw new InvalidDataException($"entry {entry.Index} is {envelope.Type}; StudyOpened comes first and once");
        return data switch
        {
            StudyOpened opened => this with
            {
                Opened = opened,
                Techniques = [.. opened.Catalogue.Techniques],
                FailureModes = [.. opened.Catalogue.FailureModes],
            },
            CatalogueChanged changed => Change(entry.Index, changed),
            OrganisationRemoved removed => Remove(entry.Index, removed.Organisation),
            AggregationPolicyChanged changed => Pool(StudyPolicy.Read(entry.Index, changed.Constants)),
            RoundOpened opened => this with { Rounds = Rounds.Add(new(opened.Round, opened.Mode, null)) },
            RoundClosed closed => Close(entry.Index, closed.Round),
            RatingsSubmitted or RatingsWithdrawn => Rate(entry, data, envelope),
            _ => this,
        };
    }

    private MatrixState Change(long index, CatalogueChanged changed)
    {
        var item = new CatalogueItem(changed.Id, changed.Name, changed.Definition);
        var items = changed.Kind == CatalogueKind.Technique ? Techniques : FailureModes;
        var after = changed.Kind == CatalogueKind.Technique
            ? this with { Techniques = Put(Techniques, item) }
            : this with { FailureModes = Put(FailureModes, item) };
        return !changed.Material && items.Any(known => known.Id == item.Id) ? after : after with
        {
            MaterialChanges = MaterialChanges.SetItem((changed.Kind, changed.Id), index),
            Quantities = Touch(quantity => quantity.Key.Concerns(changed.Kind, changed.Id)),
        };
    }

    private MatrixState Remove(long index, string organisation) => this with
    {
        Removals = Removals.SetItem(organisation, index),
        Quantities = Touch(quantity => quantity.Value.Judgements.Keys.Any(by => by.Organisation == organisation)),
    };

    private MatrixState Pool(StudyPolicy policy) => policy.Rohl1 == Policy.Rohl1
        ? this
        : this with { Policy = policy, Quantities = Touch(quantity => quantity.Key.IsCell) };

    private MatrixState Close(long index, int round)
    {
        var at = Rounds.FindIndex(known => known.Round == round && known.ClosedAt is null);
        if (at < 0)
            throw new InvalidDataException($"entry {index} closes round {round}, which is not open");
        var after = this with { Rounds = Rounds.SetItem(at, Rounds[at] with { ClosedAt = index }) };
        return Hidden.IsEmpty ? after : (after with { AwaitedOpenings = round }).Release();
    }

    // A reader who catches up gets a blind round's entries with their openings; they wait for its RoundClosed all the same.
    private MatrixState Rate(FoldEntry entry, object data, Envelope envelope)
    {
        var open = Rounds is [.., { ClosedAt: null } last] && last.Round == envelope.Round
            ? last
            : throw new InvalidDataException($"entry {entry.Index} rates in round {envelope.Round}, which is not open");
        return open.Mode == Blind ? this with { Hidden = Hidden.Add(entry.Index, entry) } : this with { Quantities = Put(entry, data) };
    }

    private MatrixState Release()
    {
        if (Hidden.Values.Any(entry => entry.Envelope is null))
            return this;
        var after = this with { Hidden = Hidden.Clear(), AwaitedOpenings = null };
        foreach (var entry in Hidden.Values)
            after = after with { Quantities = after.Put(entry, LedgerData.Read(Study, entry.Index, entry.Envelope!)!) };
        return after;
    }

    private static void RequireRatingOf(int round, long index, Envelope envelope)
    {
        if (envelope.Round != round || envelope.Type is not ("ratings-submitted" or "ratings-withdrawn"))
            throw new InvalidDataException(
                $"opening {index} is {envelope.Type} of round {envelope.Round}; allowed are ratings of round {round}");
    }

    private ImmutableDictionary<Quantity, QuantityState> Put(FoldEntry entry, object data)
    {
        var after = Quantities.ToBuilder();
        foreach (var (quantity, judgement) in JudgementReader.Read(entry, data))
            after[quantity] = after.GetValueOrDefault(quantity, QuantityState.Empty).With(judgement, Next);
        return after.ToImmutable();
    }

    private ImmutableDictionary<Quantity, QuantityState> Touch(Func<KeyValuePair<Quantity, QuantityState>, bool> concerns) =>
        Quantities.SetItems(Quantities.Where(concerns).Select(pair =>
            KeyValuePair.Create(pair.Key, pair.Value with { TouchedAt = Next })));

    private static ImmutableList<CatalogueItem> Put(ImmutableList<CatalogueItem> items, CatalogueItem item)
    {
        var at = items.FindIndex(known => known.Id == item.Id);
        return at < 0 ? items.Add(item) : items.SetItem(at, item);
    }
}
