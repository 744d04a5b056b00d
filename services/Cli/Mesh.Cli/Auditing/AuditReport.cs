namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>What was checked, how many of it, and how it came out.</summary>
/// <param name="Root">Hex root over the entries, recomputed.</param>
/// <param name="Verified">Every check that could be made holds.</param>
/// <param name="Signed">The checkpoint is signed by a key that the verifier named.</param>
/// <param name="Witnessed">And cosigned as the verifier's own policy asks for.</param>
/// <param name="FirstDifference">The first entry, version or number that differs; null where nothing does.</param>
/// <param name="Notes">What holds and should be known all the same.</param>
internal sealed record AuditReport(
    string Study, long Size, string? Root, bool Verified, bool Signed, bool Witnessed, string? FirstDifference,
    IReadOnlyList<AuditCheck> Checks, IReadOnlyList<string> Notes);

/// <param name="State">One of <see cref="AuditCheck"/>'s constants.</param>
/// <param name="Count">Files, entries, versions, ...; what is counted is in the detail.</param>
internal sealed record AuditCheck(string Check, string State, long Count, string Detail)
{
    public const string Ok = "ok";
    public const string Failed = "FAILED";

    /// <summary>There was nothing to check it by.</summary>
    public const string Absent = "absent";

    /// <summary>An earlier check failed.</summary>
    public const string NotReached = "not reached";
}

/// <summary>A check that does not hold; the message says what differs first.</summary>
internal sealed class AuditFailedException(string check, string difference, Exception? inner = null) : Exception(difference, inner)
{
    public string Check { get; } = check;
}
