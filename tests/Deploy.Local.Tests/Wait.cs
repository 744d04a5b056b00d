namespace AlignmentMesh.Deploy.Local.Tests;

internal static class Wait
{
    /// <summary>Until the condition holds; fails after the limit.</summary>
    public static async Task Until(Func<bool> condition, string what, int seconds = 60)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, $"Not within {seconds} s: {what}.");
            await Task.Delay(20);
        }
    }
}
