namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>What a command comes to: events to append, or reasons why not.</summary>
public abstract record Decision
{
    private protected Decision()
    {
    }

    /// <summary>Nothing to do: what the command asks for is already so. A repeated command ends here.</summary>
    public static Decision Nothing { get; } = new Accepted([]);

    public static Decision Accept(object @event) => new Accepted([@event]);

    public static Decision Refuse(params IReadOnlyList<Refusal> refusals) => new Refused(refusals);
}

public sealed record Accepted(IReadOnlyList<object> Events) : Decision;

/// <summary>Every reason that was found, at most <see cref="Refusal.Most"/>.</summary>
public sealed record Refused(IReadOnlyList<Refusal> Refusals) : Decision;
