namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>Whose turn it is to change what is folded: the fold loop's, pass by pass, or for a moment a rebuild's.</summary>
internal sealed class FoldTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task<IDisposable> TakeAsync(CancellationToken token)
    {
        await _turn.WaitAsync(token);
        return new Taken(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Taken(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
