namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>What is rated: a cell (both ids), a failure mode's likelihood (no technique) or a technique's safety tax.</summary>
public readonly record struct Quantity(string? Technique, string? FailureMode)
{
    public bool IsCell => Technique is not null && FailureMode is not null;

    /// <summary>True when a change of this catalogue item concerns the quantity.</summary>
    public bool Concerns(string kind, string id) => (kind == CatalogueKind.Technique ? Technique : FailureMode) == id;
}

/// <summary>The kinds of catalogue items, as <c>CatalogueChanged</c> names them.</summary>
internal static class CatalogueKind
{
    public const string Technique = "technique";
    public const string FailureMode = "failure-mode";
}
