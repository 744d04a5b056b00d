namespace AlignmentMesh.Tests;

internal static class Allocated
{
    private const int Runs = 5;

    /// <summary>Bytes that the work allocates on this thread: the least of some runs, for what the runtime makes once adds.</summary>
    public static long Least(Action work) => Enumerable.Range(0, Runs).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
