using AlignmentMesh.Portal.Web.Reading;

namespace AlignmentMesh.Portal.Web.Cells;

internal static class OrganisationNames
{
    /// <summary>The name under which it was admitted, or its id where rating-intake does not say.</summary>
    public static string Name(Bound bound, string id) =>
        bound.Info?.Organisations.FirstOrDefault(organisation => organisation.Organisation == id)?.Name ?? id;
}
