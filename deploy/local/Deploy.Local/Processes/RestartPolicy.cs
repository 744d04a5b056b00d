namespace AlignmentMesh.Deploy.Local.Processes;

/// <summary>How often and how soon a part that ended by itself is started again.</summary>
/// <param name="First">Pause before the first new start; each further one is twice as long.</param>
/// <param name="Longest">The longest pause.</param>
/// <param name="Limit">After this many failures in a row the part is given up and reported.</param>
/// <param name="Steady">A part that was ready for this long starts counting anew.</param>
public sealed record RestartPolicy(TimeSpan First, TimeSpan Longest, int Limit, TimeSpan Steady)
{
    public static RestartPolicy Default { get; } =
        new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30), Limit: 6, TimeSpan.FromMinutes(1));

    /// <summary>The pause after the given number of failures in a row (1 or more).</summary>
    public TimeSpan PauseAfter(int failures) =>
        TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(failures - 1, 20)));
}
