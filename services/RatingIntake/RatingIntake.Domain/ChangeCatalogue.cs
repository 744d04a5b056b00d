using System.Collections.Immutable;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Redefines a technique or failure mode, or adds one. A material change makes its earlier ratings stale.</summary>
public sealed record ChangeCatalogue(string Kind, string Id, string Name, string Definition, bool Material, string Reason)
{
    public Decision Decide(Study study)
    {
        var refusals = Check(study).ToArray();
        if (refusals.Length > 0) return Decision.Refuse(refusals);
        var known = Items(study).FirstOrDefault(item => item.Id == Id);
        if (known == new CatalogueItem(Id, Name, Definition)) return Decision.Nothing;
        return Decision.Accept(new CatalogueChanged(Kind, Id, Name, Definition, Material && known is not null, Reason));
    }

    private ImmutableList<CatalogueItem> Items(Study study) => Kind switch
    {
        CatalogueKind.Technique => study.Techniques,
        CatalogueKind.FailureMode => study.FailureModes,
        _ => [],
    };

    private IEnumerable<Refusal> Check(Study study)
    {
        foreach (var refusal in Checks.StillOpen(study)) yield return refusal;
        if (Kind is not (CatalogueKind.Technique or CatalogueKind.FailureMode))
            yield return Refusal.Of(RefusalReason.KindUnknown, "kind", Kind, $"{CatalogueKind.Technique} or {CatalogueKind.FailureMode}");
        foreach (var refusal in Checks.ItemId("id", Id)) yield return refusal;
        foreach (var refusal in Checks.Text("name", Name, Checks.MaxTitle)) yield return refusal;
        foreach (var refusal in Checks.Text("definition", Definition, Checks.MaxDefinition)) yield return refusal;
        foreach (var refusal in Checks.Text("reason", Reason, Checks.MaxReason)) yield return refusal;
        var items = Items(study);
        if (items.Count >= OpenStudy.MostItems && items.All(item => item.Id != Id))
        {
            yield return Refusal.Of(
                RefusalReason.CatalogueTooLarge, "id", Id, $"an id of the catalogue, which has its {OpenStudy.MostItems} items");
        }
    }
}
