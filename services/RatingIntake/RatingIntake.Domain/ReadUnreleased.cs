using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>An auditor reads what is not released. Without a grant that works now there is nothing to record, and nothing to see.</summary>
public sealed record ReadUnreleased(UnreleasedRead Read, Person By, DateTimeOffset Now)
{
    public Decision Decide(AuditGrants grants) =>
        grants.WorkingFor(By, Now) is { } grant
            ? Decision.Accept(By.Does(AuditAction.Read, grants.Next, grant.Number, Now) with { Read = Read })
            : Decision.Nothing;
}
