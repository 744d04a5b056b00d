using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Ends all writing. An open round must be closed first, so that nothing blind stays unreleased.</summary>
public sealed record CloseStudy(string Reason)
{
    public Decision Decide(Study study)
    {
        var refusals = Checks.Text("reason", Reason, Checks.MaxReason).ToArray();
        if (refusals.Length > 0) return Decision.Refuse(refusals);
        if (study.IsClosed) return Decision.Nothing;
        return study.OpenRound is { } open
            ? Decision.Refuse(Refusal.Of(RefusalReason.RoundAlreadyOpen, "study", study.Id, $"close round {open.Round} first"))
            : Decision.Accept(new StudyClosed(Reason));
    }
}
