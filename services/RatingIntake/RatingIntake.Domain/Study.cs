using System.Collections.Immutable;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <param name="Since">Study version at which it was last admitted; ratings from before have ended with its removal.</param>
public sealed record StudyOrganisation(string Name, bool Admitted, long Since);

public sealed record StudyRound(int Round, string Mode, bool IsOpen);

/// <summary>What a study's events come to: who may rate what, and when.</summary>
public sealed record Study(
    string Id, string Title, string Owner, string? Label, bool IsClosed, ImmutableList<CatalogueItem> Techniques,
    ImmutableList<CatalogueItem> FailureModes, ImmutableList<NamedPortfolio> Portfolios,
    ImmutableSortedDictionary<string, StudyOrganisation> Organisations, ImmutableList<StudyRound> Rounds)
{
    /// <summary>As it was opened, whatever its catalogue became: what opening it again is compared with.</summary>
    public required StudyOpened Opening { get; init; }

    /// <summary>Version of the study's stream: how many events it comes from.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Study version of each item's last material change.</summary>
    public ImmutableDictionary<(string Kind, string Id), long> Redefined { get; init; } = ImmutableDictionary<(string, string), long>.Empty;

    /// <summary>Every announced restore of the ledger, oldest first; each begins an epoch.</summary>
    public ImmutableList<LedgerRestored> Restores { get; init; } = [];

    /// <summary>Which of them a second round manager stands by.</summary>
    public ImmutableList<RestoreConfirmed> Confirmations { get; init; } = [];

    /// <summary>Hashes of texts that were erased, and ids of raters whose person was.</summary>
    public ImmutableHashSet<string> Erased { get; init; } = [];

    /// <summary>The last change of the constants of ROHL-1; null when they were never changed.</summary>
    public AggregationPolicyChanged? Policy { get; init; }

    /// <summary>At most one round is open at a time.</summary>
    public StudyRound? OpenRound => Rounds is [.., { IsOpen: true } last] ? last : null;

    public bool IsAdmitted(string organisation) => Organisations.TryGetValue(organisation, out var found) && found.Admitted;

    /// <summary>Study version at which the organisation was last admitted: its ratings from before have ended.</summary>
    public long AdmittedSince(string organisation) => Organisations.TryGetValue(organisation, out var found) ? found.Since : 0;

    /// <summary>Ratings judged against an older version are stale or ended: saying the same again is news.</summary>
    public long RatingsCountSince(string organisation, Quantity quantity) => Math.Max(
        AdmittedSince(organisation),
        Math.Max(RedefinedAt(CatalogueKind.Technique, quantity.Technique), RedefinedAt(CatalogueKind.FailureMode, quantity.FailureMode)));

    public bool HasTechnique(string id) => Techniques.Any(item => item.Id == id);

    public bool HasFailureMode(string id) => FailureModes.Any(item => item.Id == id);

    /// <summary>The state after one more event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow this state: the stream is not a study's.</exception>
    public static Study Evolve(Study? study, object @event) =>
        Next(study, @event) with { Version = (study?.Version ?? 0) + 1 };

    private static Study Next(Study? study, object @event) => (study, @event) switch
    {
        (null, StudyOpened opened) => Opened(opened),
        ({ } known, CatalogueChanged changed) => known.Changed(changed),
        ({ } known, OrganisationAdmitted admitted) =>
            known with
            {
                Organisations = known.Organisations.SetItem(
                    admitted.Organisation, new StudyOrganisation(admitted.Name, Admitted: true, Since: known.Version + 1)),
            },
        ({ } known, OrganisationRemoved removed) => known with
        {
            Organisations = known.Organisations.SetItem(
                removed.Organisation, known.Organisations[removed.Organisation] with { Admitted = false }),
        },
        ({ } known, RoundOpened opened) => known with { Rounds = known.Rounds.Add(new(opened.Round, opened.Mode, IsOpen: true)) },
        ({ } known, RoundClosed closed) => known with
        {
            Rounds = known.Rounds.SetItem(closed.Round - 1, known.Rounds[closed.Round - 1] with { IsOpen = false }),
        },
        ({ } known, StudyClosed) => known with { IsClosed = true },
        ({ } known, AggregationPolicyChanged changed) => known with { Policy = changed },
        ({ } known, LedgerRestored restored) => known with { Restores = known.Restores.Add(restored) },
        ({ } known, PersonalDataErased erased) => known with
        {
            Erased = known.Erased.Union(erased.Rater is { } rater ? erased.Hashes.Append(rater) : erased.Hashes),
        },
        ({ } known, RestoreConfirmed confirmed) => known with { Confirmations = known.Confirmations.Add(confirmed) },
        _ => throw new InvalidOperationException($"{@event.GetType().Name} cannot follow {(study is null ? "nothing" : "an open study")}."),
    };

    private static Study Opened(StudyOpened opened) => new(
        opened.Study, opened.Title, opened.Owner, opened.Label, IsClosed: false, [.. opened.Catalogue.Techniques],
        [.. opened.Catalogue.FailureModes], [.. opened.Catalogue.Portfolios],
        ImmutableSortedDictionary.Create<string, StudyOrganisation>(StringComparer.Ordinal), [])
    {
        Opening = opened,
    };

    private Study Changed(CatalogueChanged changed)
    {
        var item = new CatalogueItem(changed.Id, changed.Name, changed.Definition);
        var redefined = changed.Material ? Redefined.SetItem((changed.Kind, changed.Id), Version + 1) : Redefined;
        return changed.Kind == CatalogueKind.Technique
            ? this with { Techniques = Put(Techniques, item), Redefined = redefined }
            : this with { FailureModes = Put(FailureModes, item), Redefined = redefined };
    }

    private long RedefinedAt(string kind, string? id) => id is null ? 0 : Redefined.GetValueOrDefault((kind, id));

    private static ImmutableList<CatalogueItem> Put(ImmutableList<CatalogueItem> items, CatalogueItem item)
    {
        var at = items.FindIndex(known => known.Id == item.Id);
        return at < 0 ? items.Add(item) : items.SetItem(at, item);
    }
}

public static class CatalogueKind
{
    public const string Technique = "technique";
    public const string FailureMode = "failure-mode";
}

public static class RoundMode
{
    /// <summary>Ratings are released as they come.</summary>
    public const string Open = "open";

    /// <summary>Ratings are released together when the round closes.</summary>
    public const string Blind = "blind";
}
