namespace AlignmentMesh.Contracts;

/// <summary>One line of a replay: something published, held against what its inputs give when it is computed again.</summary>
/// <param name="Version">The ledger size it was computed from.</param>
/// <param name="Lens">Of a risk report; null for a matrix, which has all of them.</param>
/// <param name="Published">Digest of what is stored and given to readers; null on a line that says why the replay ends.</param>
/// <param name="Recomputed">Digest of what was computed now; null where the inputs cannot be read.</param>
/// <param name="Difference">Why the two are not equal, with the first number that differs; null where they are.</param>
public sealed record ReplayedVersion(
    string Study, long Version, string? Lens, string? Published, string? Recomputed, bool Equal, string? Difference);
