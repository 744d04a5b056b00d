using System.Globalization;
using AlignmentMesh.Deploy.Local;

namespace AlignmentMesh.Mesh.Cli.Running;

/// <summary>Progress as one line per step, which reads the same in a terminal and in a log.</summary>
internal sealed class StepLines(TimeProvider clock) : IProgress<MeshStep>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _begun = [];

    public void Report(MeshStep value)
    {
        lock (_lock)
        {
            var text = $"  {value.Part,-20} {Word(value.State),-11} {Detail(value)}";
            Streams.Say(text.TrimEnd(), Style(value.State));
        }
    }

    private string Detail(MeshStep step)
    {
        if (step.State is PartState.Preparing or PartState.Starting)
            _begun.TryAdd(step.Part, clock.GetTimestamp());
        if (step.State is not PartState.Ready || !_begun.Remove(step.Part, out var begun))
            return step.Detail;
        var seconds = clock.GetElapsedTime(begun).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return $"after {seconds} s {step.Detail}";
    }

    private static string Word(PartState state) => state.ToString().ToLowerInvariant();

    private static string Style(PartState state) => state switch
    {
        PartState.Ready => "green",
        PartState.Failed => "red",
        PartState.Restarting => "yellow",
        _ => "",
    };
}
