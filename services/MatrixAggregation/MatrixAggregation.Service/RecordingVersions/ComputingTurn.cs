namespace AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

/// <summary>
/// Lets few computations run at once, so that readers never take every processor, and turns away whom waiting would not serve.
/// </summary>
/// <param name="atOnce">Computations at once.</param>
internal sealed class ComputingTurn(int atOnce) : IDisposable
{
    /// <summary>Key of the turn for computations that may take seconds: those of milliseconds do not wait behind them.</summary>
    public const string Long = "long";

    /// <summary>Requests that may wait for a turn.</summary>
    public const int MostWaiting = 32;

    private readonly SemaphoreSlim _turns = new(atOnce);
    private int _waiting;

    /// <summary>The turn of most computations: half of the processors are for folding and for answers without computation.</summary>
    public static ComputingTurn OfThisMachine() => new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>The turn of the <see cref="Long"/> ones.</summary>
    public static ComputingTurn OfLongOnes() => new(Math.Max(1, Environment.ProcessorCount / 4));

    public int AtOnce => atOnce;

    /// <summary>Does the work in a turn of its own; the work must not ask for another one.</summary>
    /// <exception cref="ServiceDefaults.ProblemException">Too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken token)
    {
        await TakeAsync(token);
        try
        {
            return await work();
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task TakeAsync(CancellationToken token)
    {
        if (await _turns.WaitAsync(0, token)) return;
        try
        {
            if (Interlocked.Increment(ref _waiting) > MostWaiting) throw MatrixProblems.TooMany(MostWaiting);
            await _turns.WaitAsync(token);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
