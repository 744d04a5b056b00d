using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Begins a study with its catalogue, owned by the caller's organisation.</summary>
public sealed record OpenStudy(string Study, string Title, string Owner, Catalogue Catalogue, string? Label)
{
    /// <summary>Techniques or failure modes of one study.</summary>
    public const int MostItems = 64;

    private const int MostLabel = 64;

    public Decision Decide(Study? study)
    {
        var refusals = Check().Take(Refusal.Most).ToArray();
        if (refusals.Length > 0) return Decision.Refuse(refusals);
        var opened = new StudyOpened(Study, Title, Owner, Catalogue, Label);
        if (study is null) return Decision.Accept(opened);
        return IsSame(study)
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
            if (!seen.Add(items[i].Id)) yield return Refusal.Of(RefusalReason.DuplicateId, "id", items[i].Id, "each id once", where);
        }
    }

    private IEnumerable<Refusal> Portfolios()
    {
        var known = Catalogue.Techniques.Select(technique => technique.Id).ToHashSet();
        for (var i = 0; i < Catalogue.Portfolios.Count; i++)
        {
            var (portfolio, where) = (Catalogue.Portfolios[i], $"portfolios[{i}]");
            foreach (var refusal in Checks.Text("name", portfolio.Name, Checks.MaxTitle, where)) yield return refusal;
            if (portfolio.Techniques.Count == 0 || portfolio.Techniques.FirstOrDefault(id => !known.Contains(id)) is not null)
                yield return Refusal.Of(
                    RefusalReason.PortfolioUnknownTechnique, "techniques", string.Join(", ", portfolio.Techniques),
                    "at least one technique of the catalogue, and no other", where);
            if (portfolio.Techniques.Distinct().Count() != portfolio.Techniques.Count)
                yield return Refusal.Of(
                    RefusalReason.DuplicateId, "techniques", string.Join(", ", portfolio.Techniques), "each technique once", where);
        }
    }

    private bool IsSame(Study study) =>
        study.Title == Title && study.Owner == Owner && study.Label == Label
        && study.Techniques.SequenceEqual(Catalogue.Techniques) && study.FailureModes.SequenceEqual(Catalogue.FailureModes)
        && study.Portfolios.Count == Catalogue.Portfolios.Count
        && study.Portfolios.Zip(Catalogue.Portfolios).All(pair =>
            pair.First.Name == pair.Second.Name && pair.First.Techniques.SequenceEqual(pair.Second.Techniques));
}
