namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>Collects how the checks of one verification came out.</summary>
/// <param name="order">Every check, in the order in which they are shown.</param>
internal sealed class AuditLog(IReadOnlyList<string> order)
{
    private readonly Dictionary<string, AuditCheck> _checks = [];

    /// <summary>What holds and should be known all the same.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>One line a check; those that nothing was said of were not reached.</summary>
    public IReadOnlyList<AuditCheck> Checks =>
        [.. order.Select(check => _checks.GetValueOrDefault(check) ?? new(check, AuditCheck.NotReached, 0, ""))];

    public void Ok(string check, long count, string detail) => _checks[check] = new(check, AuditCheck.Ok, count, detail);

    public void Absent(string check, long count, string detail) => _checks[check] = new(check, AuditCheck.Absent, count, detail);

    public void Failed(AuditFailedException failed) => _checks[failed.Check] = new(failed.Check, AuditCheck.Failed, 0, failed.Message);

    /// <exception cref="AuditFailedException">The check does not hold.</exception>
    public static void Require(string check, bool holds, string otherwise)
    {
        if (!holds) throw new AuditFailedException(check, otherwise);
    }
}
