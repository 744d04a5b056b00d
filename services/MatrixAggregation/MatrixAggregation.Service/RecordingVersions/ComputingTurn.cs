namespace AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

/// <summary>
/// Lets few computations run at once, so that readers never take every processor, and turns away whom waiting would not serve.
/// </summary>
internal sealed class ComputingTurn : IDisposable
{
    /// <summary>Computations at once.</summary>
    public const int AtOnce = 2;

    /// <summary>Requests that may wait for a turn.</summary>
    public const int MostWaiting = 32;

    private readonly SemaphoreSlim _turns = new(AtOnce);
    private int _waiting;

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
