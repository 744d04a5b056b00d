using System.Collections.Immutable;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

/// <summary>One random wish; <see cref="LedgerScript.Play"/> turns it into an entry where the study's rules allow it.</summary>
internal sealed record Move(int Kind, int Organisation, int Rater, int Quantity, Rating Judgement);

/// <summary>A study's ledger as its events, with everything known; index = place in the list.</summary>
internal sealed record LedgerScript(ImmutableList<Written> Entries)
{
    public const string Study = "study";
    public const string Root = "00";

    private static readonly string[] Techniques = ["T1", "T2"];
    private static readonly string[] Modes = ["M1", "M2"];

    public static readonly IReadOnlyList<Quantity> Quantities =
    [
        .. Techniques.SelectMany(technique => Modes.Select(mode => new Quantity(technique, mode))), new(null, "M1"), new("T2", null),
    ];

    /// <summary>
    /// Up to 40 entries: ratings, withdrawals, open and blind rounds, removals, redefinitions, policies, in any lawful order.
    /// </summary>
    public static readonly Gen<LedgerScript> Any = Gen.Select(
        Gen.Int[0, 16], Gen.Int[0, 2], Gen.Int[0, 1], Gen.Int[0, Quantities.Count - 1], Ratings.Judgement,
        (kind, organisation, rater, quantity, judgement) => new Move(kind, organisation, rater, quantity, judgement))
        .Array[0, 40].Select(moves => moves.Aggregate(Started("open"), (script, move) => script.Play(move)));

    /// <summary>The same with its last round closed, so that everything is released.</summary>
    public static readonly Gen<LedgerScript> Released = Any.Select(script => script.Close());

    public RoundOpened? OpenRound => Entries.Aggregate((RoundOpened?)null, (open, entry) => entry.Event switch
    {
        RoundOpened opened => opened,
        RoundClosed => null,
        _ => open,
    });

    public static LedgerScript Started(string mode) => new LedgerScript([])
        .With(new StudyOpened(Study, "A study", "owner", new Catalogue(Items(Techniques), Items(Modes), [new("All", Techniques)])))
        .With(new RoundOpened(1, mode));

    public LedgerScript With(object @event, string? organisation = null, string? rater = null) =>
        new(Entries.Add(new(@event, organisation, rater)));

    public LedgerScript Submit(string organisation, string rater, Quantity quantity, Rating judgement, string kind = "human") =>
        With(new RatingsSubmitted(OpenRound!.Round, OpenRound.Mode == "blind", kind, [Item(quantity, judgement)]), organisation, rater);

    /// <summary>With one more rating of the first cell, by a rater of its own in a round of its own that is closed.</summary>
    public LedgerScript Submitted(string kind)
    {
        var closed = Close();
        return closed.With(new RoundOpened(closed.NextRound, "open"))
            .Submit("o9", "r9", Quantities[0], new("", "", null, 0.9), kind).Close();
    }

    public LedgerScript Withdraw(string organisation, string rater, Quantity quantity) =>
        With(
            new RatingsWithdrawn(OpenRound!.Round, OpenRound.Mode == "blind", [new(quantity.Technique, quantity.FailureMode)]),
            organisation, rater);

    public LedgerScript Close() => OpenRound is { } open ? With(new RoundClosed(open.Round)) : this;

    /// <summary>Every entry stays where it is, with those of its items that are kept.</summary>
    public LedgerScript Keep(Func<int, Written, Quantity, bool> keeps) => new([.. Entries.Select((entry, index) => entry.Event switch
    {
        RatingsSubmitted submitted => entry with
        {
            Event = submitted with
            {
                Items = [.. submitted.Items.Where(item => keeps(index, entry, new(item.Technique, item.FailureMode)))],
            },
        },
        RatingsWithdrawn withdrawn => entry with
        {
            Event = withdrawn with
            {
                Items = [.. withdrawn.Items.Where(item => keeps(index, entry, new(item.Technique, item.FailureMode)))],
            },
        },
        _ => entry,
    })]);

    public LedgerScript Play(Move move)
    {
        var (organisation, rater, quantity) = ($"o{move.Organisation}", $"r{move.Rater}", Quantities[move.Quantity]);
        return move.Kind switch
        {
            <= 8 when OpenRound is not null => Submit(organisation, rater, quantity, move.Judgement),
            <= 10 when OpenRound is not null => Withdraw(organisation, rater, quantity),
            <= 12 when OpenRound is not null => Close(),
            <= 12 => With(new RoundOpened(NextRound, move.Rater == 0 ? "open" : "blind")),
            13 => With(new OrganisationRemoved(organisation, "left")),
            14 or 15 => With(Redefined(quantity, material: move.Kind == 14)),
            _ => With(Pooled(move)),
        };
    }

    /// <summary>Redefines the quantity's technique, or its failure mode where it has no technique.</summary>
    public static CatalogueChanged Redefined(Quantity quantity, bool material)
    {
        var (kind, id) = quantity.Technique is { } technique ? ("technique", technique) : ("failure-mode", quantity.FailureMode!);
        return new(kind, id, $"{id}, renamed", "another definition", material, "because");
    }

    /// <summary>Constants of the study's own, or ROHL-1's again.</summary>
    private static AggregationPolicyChanged Pooled(Move move) => new(
        move.Rater == 0 ? new(Rho: Decimals.Format(move.Organisation / 4m), Nu: 1 << move.Quantity % 3) : new(), "because");

    private int NextRound => 1 + Entries.Count(entry => entry.Event is RoundOpened);

    private static CatalogueItem[] Items(string[] ids) => Array.ConvertAll(ids, id => new CatalogueItem(id, id, $"what {id} is"));

    private static RatedItem Item(Quantity quantity, Rating said)
    {
        var number = quantity.IsCell ? said.Best : said.Best ?? 0.5;
        return new(
            quantity.Technique, quantity.FailureMode, quantity.IsCell && said.Verdict is { } verdict ? Verdicts.Name(verdict) : null,
            Text(number), Text(said.Lower), Text(said.Upper), Text(said.Confidence));
    }

    private static string? Text(double? number) => number is { } value ? Decimals.Format(Math.Round((decimal)value, 9)) : null;
}

/// <summary>One event as it was written, by whom.</summary>
internal sealed record Written(object Event, string? Organisation, string? Rater)
{
    public int? Round => Event switch
    {
        RatingsSubmitted submitted => submitted.Round,
        RatingsWithdrawn withdrawn => withdrawn.Round,
        RoundOpened opened => opened.Round,
        RoundClosed closed => closed.Round,
        _ => null,
    };

    public bool IsBlind => Event is RatingsSubmitted { Blind: true } or RatingsWithdrawn { Blind: true };

    public IEnumerable<Quantity> Quantities => Event switch
    {
        RatingsSubmitted submitted => submitted.Items.Select(item => new Quantity(item.Technique, item.FailureMode)),
        RatingsWithdrawn withdrawn => withdrawn.Items.Select(item => new Quantity(item.Technique, item.FailureMode)),
        _ => [],
    };

    public Envelope Envelope(int index) => new(
        LedgerScript.Study, $"stream/{index}", 1, LedgerEventNames.Of(Event.GetType()), LedgerEventNames.Schema, Organisation, Rater, Round,
        At(index), JsonSerializer.SerializeToElement(Event, Event.GetType(), ContractJson.Options));

    public FoldEntry Entry(int index, bool opened = true) =>
        new(index, new Guid(index, 0, 0, new byte[8]), At(index), null, opened ? Envelope(index) : null);

    private static string At(int index) => $"2026-01-01T00:{index / 60:00}:{index % 60:00}.000000Z";
}
