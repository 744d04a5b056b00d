using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Ends an organisation's ratings from here on.</summary>
public sealed record RemoveOrganisation(string Organisation, string Reason)
{
    public Decision Decide(Study study)
    {
        Refusal[] refusals = [.. Checks.StillOpen(study), .. Checks.Text("reason", Reason, Checks.MaxReason)];
        if (refusals.Length > 0) return Decision.Refuse(refusals);
        if (!study.Organisations.TryGetValue(Organisation, out var known))
            return Decision.Refuse(Refusal.Of(
                RefusalReason.OrganisationNotAdmitted, "organisation", Organisation, "an organisation that was admitted"));
        return known.Admitted ? Decision.Accept(new OrganisationRemoved(Organisation, Reason)) : Decision.Nothing;
    }
}
