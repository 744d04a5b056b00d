namespace AlignmentMesh.Benchmarks.Pipeline.Arithmetic;

/// <summary>A stored version and when its transaction committed. Version k covers the ledger entries below k.</summary>
internal readonly record struct StoredVersion(long Version, DateTime At);

/// <summary>Which stored version is the first that covers a ledger entry.</summary>
internal static class Coverage
{
    /// <param name="versions">Rising.</param>
    /// <returns>When the entry was covered, or null when it is not yet.</returns>
    public static DateTime? Of(long index, IReadOnlyList<StoredVersion> versions)
    {
        var (low, high) = (0, versions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (versions[middle].Version > index) high = middle;
            else low = middle + 1;
        }

        return low < versions.Count ? versions[low].At : null;
    }
}
