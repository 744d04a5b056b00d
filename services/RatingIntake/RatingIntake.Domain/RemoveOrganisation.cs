using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Ends an organisation's ratings from here on.</summary>
public sealed record RemoveOrganisation(string Organisation, string Reason)
{
    public Decision Decide(Study study)
    {
        var refusals = Checks.StillOpen(study).Concat(Checks.Text("reason", Reason, Checks.MaxReason)).ToList();
        if (!study.Organisations.ContainsKey(Organisation))
        {
            refusals.Add(Refusal.Of(
                RefusalReason.OrganisationNotAdmitted, "organisation", Organisation, "an organisation that was admitted"));
        }

        if (refusals.Count > 0) return Decision.Refuse(refusals);
        return study.IsAdmitted(Organisation) ? Decision.Accept(new OrganisationRemoved(Organisation, Reason)) : Decision.Nothing;
    }
}
