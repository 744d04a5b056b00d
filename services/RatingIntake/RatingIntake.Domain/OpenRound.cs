using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Opens the next round. One at a time: what a rating is for is never in doubt.</summary>
public sealed record OpenRound(string Mode)
{
    public Decision Decide(Study study)
    {
        var refusals = Checks.StillOpen(study).ToList();
        if (Mode is not (RoundMode.Open or RoundMode.Blind))
            refusals.Add(Refusal.Of(RefusalReason.ModeUnknown, "mode", Mode, $"{RoundMode.Open} or {RoundMode.Blind}"));
        if (study.OpenRound is { } open && open.Mode != Mode)
        {
            refusals.Add(Refusal.Of(
                RefusalReason.RoundAlreadyOpen, "mode", Mode, $"close round {open.Round}, which is {open.Mode}, first"));
        }

        if (refusals.Count > 0) return Decision.Refuse(refusals);
        return study.OpenRound is null ? Decision.Accept(new RoundOpened(study.Rounds.Count + 1, Mode)) : Decision.Nothing;
    }
}
