using AlignmentMesh.RatingIntake.Service.NamingRaters;
using AlignmentMesh.ServiceDefaults;
using Marten;

namespace AlignmentMesh.RatingIntake.Service.ChangingStudies;

/// <summary>
/// Names round managers where the ledger must tell one from another: by a random id that is not the one they rate under, erasable
/// as raters' are.
/// </summary>
internal sealed class ManagerNames(IDocumentStore store, HotStudies studies, RaterRegistry names)
{
    private const string AsManager = "round-manager/";

    /// <summary>The caller's id; empty where the command will be refused anyway, so that refusals fill no store.</summary>
    public async Task<string> NameAsync(string study, Caller caller, CancellationToken token)
    {
        await using var session = store.QuerySession();
        return (await studies.FindAsync(session, study, token))?.State.Owner == caller.Organisation
            ? (await names.NameAsync(study, caller, AsManager + caller.Subject, token)).Rater
            : "";
    }
}
