using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Ends a round; a blind one is released by this.</summary>
public sealed record CloseRound(int Round)
{
    public Decision Decide(Study study)
    {
        var refusals = Checks.StillOpen(study).ToList();
        if (Round < 1 || Round > study.Rounds.Count)
        {
            refusals.Add(Refusal.Of(
                RefusalReason.UnknownRound, "round", $"{Round}", $"a round of the study, which has {study.Rounds.Count}"));
        }

        if (refusals.Count > 0) return Decision.Refuse(refusals);
        return study.Rounds[Round - 1].IsOpen ? Decision.Accept(new RoundClosed(Round)) : Decision.Nothing;
    }
}
