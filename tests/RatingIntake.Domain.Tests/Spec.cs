using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

/// <summary>Given events, when a command, then events or refusals. Rating events are those of one rater.</summary>
internal sealed class Spec
{
    private readonly object[] _events;

    private Spec(object[] events) => _events = events;

    public static Spec Given(params object[] events) => new(events);

    public Outcome When(object command) => new(Commands.Decide(command, Commands.StudyAfter(_events), Commands.AssessmentAfter(_events)));
}

internal sealed class Outcome(Decision decision)
{
    /// <summary>Events are compared as they would be stored: records that hold lists are not equal by value.</summary>
    public void Then(params object[] events) =>
        Assert.Equal(events.Select(Stored), Assert.IsType<Accepted>(decision).Events.Select(Stored));

    public void ThenNothing() => Assert.Empty(Assert.IsType<Accepted>(decision).Events);

    public void ThenRefused(params RefusalReason[] reasons) =>
        Assert.Equal(reasons, Assert.IsType<Refused>(decision).Refusals.Select(refusal => refusal.Reason));

    public void ThenRefused(RefusalReason reason, string? item, string? field, string? value)
    {
        var refusal = Assert.Single(Assert.IsType<Refused>(decision).Refusals);
        Assert.Equal((reason, item, field, value), (refusal.Reason, refusal.Item, refusal.Field, refusal.Value));
        Assert.NotEmpty(refusal.Allowed);
    }

    public static string Stored(object @event) =>
        LedgerEventNames.Of(@event.GetType()) + " " + JsonSerializer.Serialize(@event, @event.GetType(), ContractJson.Options);
}

internal static class Commands
{
    public static Decision Decide(object command, Study? study, Assessment assessment) => command switch
    {
        OpenStudy open => open.Decide(study),
        AdmitOrganisation admit => admit.Decide(study!),
        RemoveOrganisation remove => remove.Decide(study!),
        ChangeCatalogue change => change.Decide(study!),
        ChangeAggregationPolicy change => change.Decide(study!),
        OpenRound open => open.Decide(study!),
        CloseRound close => close.Decide(study!),
        CloseStudy close => close.Decide(study!),
        AnnounceRestore announce => announce.Decide(study!),
        ErasePersonalData erase => erase.Decide(study!),
        ConfirmRestore confirm => confirm.Decide(study!),
        SubmitRatings submit => submit.Decide(study!, assessment),
        WithdrawRatings withdraw => withdraw.Decide(study!, assessment),
        _ => throw new ArgumentException($"{command.GetType().Name} is no command of rating-intake.", nameof(command)),
    };

    public static Study? StudyAfter(IEnumerable<object> events) =>
        events.Where(@event => !IsRating(@event)).Aggregate((Study?)null, Study.Evolve);

    public static Assessment AssessmentAfter(IEnumerable<object> events) =>
        events.Where(IsRating).Aggregate(Assessment.Empty, Assessment.Evolve);

    public static bool IsRating(object @event) => @event is RatingsSubmitted or RatingsWithdrawn;
}
