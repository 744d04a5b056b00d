using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Lets an organisation's experts rate. One that was removed may come back; its old ratings stay ended.</summary>
public sealed record AdmitOrganisation(string Organisation, string Name)
{
    public Decision Decide(Study study)
    {
        Refusal[] refusals =
        [
            .. Checks.StillOpen(study),
            .. Checks.Slug("organisation", Organisation),
            .. Checks.Text("name", Name, Checks.MaxTitle),
        ];
        if (refusals.Length > 0) return Decision.Refuse(refusals);
        return study.IsAdmitted(Organisation) ? Decision.Nothing : Decision.Accept(new OrganisationAdmitted(Organisation, Name));
    }
}
