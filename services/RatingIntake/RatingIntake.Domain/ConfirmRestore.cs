using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>
/// A second round manager stands by an announced restore. One alone, or one stolen account, cannot make a shorter ledger look right.
/// </summary>
/// <param name="Manager">Random id of who confirms.</param>
public sealed record ConfirmRestore(int Epoch, string Manager)
{
    public Decision Decide(Study study)
    {
        if (study.Restores.Find(restore => restore.Epoch == Epoch) is not { Manager: { } announcer })
        {
            return Decision.Refuse(Refusal.Of(
                RefusalReason.UnknownEpoch, "epoch", $"{Epoch}", $"an announced one of the study, which has {study.Restores.Count}"));
        }

        if (study.Confirmations.Exists(confirmed => confirmed.Epoch == Epoch)) return Decision.Nothing;
        return announcer == Manager
            ? Decision.Refuse(Refusal.Of(
                RefusalReason.SecondManagerNeeded, "manager", Manager, "another round manager than the one who announced the restore"))
            : Decision.Accept(new RestoreConfirmed(Epoch, Manager));
    }
}
