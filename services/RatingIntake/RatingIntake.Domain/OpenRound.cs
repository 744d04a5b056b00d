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
        if (refusals.Count > 0) return Decision.Refuse(refusals);
        return study.OpenRound switch
        {
            null => Decision.Accept(new RoundOpened(study.Rounds.Count + 1, Mode)),
            { } open when open.Mode == Mode => Decision.Nothing,
            { } open => Decision.Refuse(Refusal.Of(
                RefusalReason.RoundAlreadyOpen, "mode", Mode, $"close round {open.Round}, which is {open.Mode}, first")),
        };
    }
}
