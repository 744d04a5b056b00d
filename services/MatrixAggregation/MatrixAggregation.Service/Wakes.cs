namespace AlignmentMesh.MatrixAggregation.Service;

/// <summary>The wake-ups of this service by name; the second is also a channel of the database.</summary>
internal static class Wakes
{
    /// <summary>A page waits, or sizes were compared.</summary>
    public const string Pages = "pages";

    /// <summary>A version was recorded, in this process or another.</summary>
    public const string Versions = "matrix_versions";
}
