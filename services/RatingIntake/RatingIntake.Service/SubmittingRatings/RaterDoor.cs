using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.RatingIntake.Service.NamingRaters;
using AlignmentMesh.ServiceDefaults;
using Marten;

namespace AlignmentMesh.RatingIntake.Service.SubmittingRatings;

/// <summary>Names a rater only after the study and its admission were looked at: refusals must not fill the store.</summary>
internal sealed class RaterDoor(IDocumentStore store, HotStudies studies, RaterRegistry raters)
{
    /// <summary>The caller as a rater of the study.</summary>
    /// <exception cref="RefusedException">No such study, or the organisation may not rate in it.</exception>
    public Task<RaterName> EnterAsync(string study, Caller caller, CancellationToken token) =>
        EnterAsync(study, caller, caller.Subject, token);

    /// <summary>Another rater of the caller's organisation (an import).</summary>
    /// <exception cref="RefusedException">No such study, or the organisation may not rate in it.</exception>
    public async Task<RaterName> EnterAsync(string study, Caller caller, string subject, CancellationToken token)
    {
        await using var session = store.QuerySession();
        var hot = await studies.FindAsync(session, study, token) ?? throw new RefusedException(IntakeProblems.UnknownStudyRefusal(study));
        if (!hot.State.IsAdmitted(caller.Organisation)) hot = await studies.FreshAsync(session, study, token);
        if (hot?.State.IsAdmitted(caller.Organisation) != true)
            throw new RefusedException(Refusal.Of(
                RefusalReason.OrganisationNotAdmitted, "organisation", caller.Organisation, "an organisation admitted to the study"));
        return await raters.NameAsync(study, caller, subject, token);
    }
}
