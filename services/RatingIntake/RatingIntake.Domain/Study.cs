using System.Collections.Immutable;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

public sealed record StudyOrganisation(string Name, bool Admitted);

public sealed record StudyRound(int Round, string Mode, bool IsOpen);

/// <summary>What a study's events come to: who may rate what, and when.</summary>
public sealed record Study(
    string Id, string Title, string Owner, string? Label, bool IsClosed, ImmutableList<CatalogueItem> Techniques,
    ImmutableList<CatalogueItem> FailureModes, ImmutableList<NamedPortfolio> Portfolios,
    ImmutableSortedDictionary<string, StudyOrganisation> Organisations, ImmutableList<StudyRound> Rounds)
{
    /// <summary>At most one round is open at a time.</summary>
    public StudyRound? OpenRound => Rounds is [.., { IsOpen: true } last] ? last : null;

    public bool IsAdmitted(string organisation) => Organisations.TryGetValue(organisation, out var found) && found.Admitted;

    public bool HasTechnique(string id) => Techniques.Any(item => item.Id == id);

    public bool HasFailureMode(string id) => FailureModes.Any(item => item.Id == id);

    /// <summary>The state after one more event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow this state: the stream is not a study's.</exception>
    public static Study Evolve(Study? study, object @event) => (study, @event) switch
    {
        (null, StudyOpened opened) => Opened(opened),
        ({ } known, CatalogueChanged changed) => known.Changed(changed),
        ({ } known, OrganisationAdmitted admitted) =>
            known with { Organisations = known.Organisations.SetItem(admitted.Organisation, new(admitted.Name, Admitted: true)) },
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
        _ => throw new InvalidOperationException($"{@event.GetType().Name} cannot follow {(study is null ? "nothing" : "an open study")}."),
    };

    private static Study Opened(StudyOpened opened) => new(
        opened.Study, opened.Title, opened.Owner, opened.Label, IsClosed: false, [.. opened.Catalogue.Techniques],
        [.. opened.Catalogue.FailureModes], [.. opened.Catalogue.Portfolios],
        ImmutableSortedDictionary.Create<string, StudyOrganisation>(StringComparer.Ordinal), []);

    private Study Changed(CatalogueChanged changed)
    {
        var item = new CatalogueItem(changed.Id, changed.Name, changed.Definition);
        return changed.Kind == CatalogueKind.Technique
            ? this with { Techniques = Put(Techniques, item) }
            : this with { FailureModes = Put(FailureModes, item) };
    }

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
