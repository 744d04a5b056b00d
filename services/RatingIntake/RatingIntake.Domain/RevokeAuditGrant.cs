namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Ends a grant, confirmed or not. Any round manager of the owner may, alone: shutting a door takes no second key.</summary>
public sealed record RevokeAuditGrant(long Grant, Person By, DateTimeOffset Now)
{
    /// <inheritdoc cref="ProposeAuditGrant.Decide"/>
    public Decision Decide(AuditGrants grants) =>
        grants.ByNumber.TryGetValue(Grant, out var grant)
            ? Decision.Accept(grant.Revocation ?? By.Does(AuditAction.Revoked, grants.Next, Grant, Now))
            : AuditGrants.Unknown(Grant);
}
