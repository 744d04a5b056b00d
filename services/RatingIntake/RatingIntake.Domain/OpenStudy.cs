using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Begins a study with its catalogue, owned by the caller's organisation.</summary>
public sealed record OpenStudy(string Study, string Title, string Owner, Catalogue Catalogue, string? Label)
{
    /// <summary>Techniques, failure modes or portfolios of one study.</summary>
    public const int MostItems = 64;

    private const int MostLabel = 64;

    public Decision Decide(Study? study)
    {
        var refusals = Check().Take(Refusal.Most).ToArray();
        if (refusals.Length > 0) return Decision.Refuse(refusals);
        var opened = new StudyOpened(Study, Title, Owner, Catalogue, Label);
        if (study is null) return Decision.Accept(opened);
        return IsSame(study.Opening)
            ? Decision.Nothing
            : Decision.Refuse(Refusal.Of(RefusalReason.StudyExists, "study", Study, "an id that is not taken"));
    }

    private IEnumerable<Refusal> Check() =>
    [
        .. Checks.Slug("study", Study),
        .. Checks.Slug("owner", Owner),
        .. Checks.Text("title", Title, Checks.MaxTitle),
        .. Label is null ? [] : Checks.Text("label", Label, MostLabel),
        .. Items("techniques", Catalogue.Techniques),
        .. Items("failureModes", Catalogue.FailureModes),
        .. Portfolios(),
    ];

    private static IEnumerable<Refusal> Items(string field, IReadOnlyList<CatalogueItem> items)
    {
        if (items.Count == 0) yield return Refusal.Of(RefusalReason.CatalogueEmpty, field, "[]", $"1..{MostItems} items");
        if (items.Count > MostItems)
            yield return Refusal.Of(RefusalReason.CatalogueTooLarge, field, $"{items.Count} items", $"1..{MostItems} items");
        var seen = new HashSet<string>();
        for (var i = 0; i < Math.Min(items.Count, MostItems); i++)
        {
            var where = $"{field}[{i}]";
            foreach (var refusal in Checks.CatalogueItem(items[i], where)) yield return refusal;
            if (items[i] is { } item && !seen.Add(item.Id))
                yield return Refusal.Of(RefusalReason.DuplicateId, "id", item.Id, "each id once", where);
        }
    }

    private IEnumerable<Refusal> Portfolios()
    {
        var (portfolios, names) = (Catalogue.Portfolios, new HashSet<string>());
        if (portfolios.Count > MostItems)
            yield return Refusal.Of(RefusalReason.CatalogueTooLarge, "portfolios", $"{portfolios.Count} portfolios", $"0..{MostItems}");
        for (var i = 0; i < Math.Min(portfolios.Count, MostItems); i++)
        {
            var where = $"portfolios[{i}]";
            foreach (var refusal in Checks.Text("name", portfolios[i]?.Name, Checks.MaxTitle, where)) yield return refusal;
            if (portfolios[i] is not { } portfolio) continue;
            if (!names.Add(portfolio.Name))
                yield return Refusal.Of(RefusalReason.DuplicateId, "name", portfolio.Name, "each name once", where);
            foreach (var refusal in Members(portfolio.Techniques, where)) yield return refusal;
        }
    }

    private IEnumerable<Refusal> Members(IReadOnlyList<string> members, string where)
    {
        var shown = string.Join(", ", members);
        if (members.Count == 0 || members.Any(id => Catalogue.Techniques.All(technique => technique?.Id != id || id is null)))
        {
            yield return Refusal.Of(
                RefusalReason.PortfolioUnknownTechnique, "techniques", shown, "techniques of the catalogue, at least one", where);
        }

        if (members.Distinct().Count() != members.Count)
            yield return Refusal.Of(RefusalReason.DuplicateId, "techniques", shown, "each technique once", where);
    }

    private bool IsSame(StudyOpened other) =>
        other.Title == Title && other.Owner == Owner && other.Label == Label
        && other.Catalogue.Techniques.SequenceEqual(Catalogue.Techniques)
        && other.Catalogue.FailureModes.SequenceEqual(Catalogue.FailureModes)
        && other.Catalogue.Portfolios.Count == Catalogue.Portfolios.Count
        && other.Catalogue.Portfolios.Zip(Catalogue.Portfolios).All(pair =>
            pair.First.Name == pair.Second.Name && pair.First.Techniques.SequenceEqual(pair.Second.Techniques));
}
