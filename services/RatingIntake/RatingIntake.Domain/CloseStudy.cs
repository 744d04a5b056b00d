using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Ends all writing. An open round must be closed first, so that nothing blind stays unreleased.</summary>
public sealed record CloseStudy(string Reason)
{
    public Decision Decide(Study study)
    {
        var refusals = Checks.Text("reason", Reason, Checks.MaxReason).ToList();
        if (study.OpenRound is { } open)
            refusals.Add(Refusal.Of(RefusalReason.RoundAlreadyOpen, "study", study.Id, $"close round {open.Round} first"));
        if (refusals.Count > 0) return Decision.Refuse(refusals);
        return study.IsClosed ? Decision.Nothing : Decision.Accept(new StudyClosed(Reason));
    }
}
