using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit.Sdk;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>A test that needs the browser; without one it is skipped, and says why.</summary>
[Collection(OnOnePortal.Name)]
public abstract class BrowserTest(BrowserRun run)
{
    protected const int Wide = 1280;
    protected const int Narrow = 320;

    private const int AtOnce = 3;

    protected BrowserRun Run => run;

    /// <summary>A window, or the end of the test.</summary>
    private protected Task<Visit> BeginAsync(int width = Wide, bool withScript = true, ReducedMotion? motion = null)
    {
        SkipWithoutBrowser();
        return Visit.BeginAsync(run, width, withScript, motion);
    }

    /// <summary>Looks at several pages at once, each in a window of its own, and tells of every one in which something is wrong.</summary>
    private protected async Task EachAsync(IEnumerable<string> templates, int width, Func<Visit, string, Task> check)
    {
        SkipWithoutBrowser();
        var faults = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(templates, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (template, _) =>
        {
            try
            {
                await using var visit = await Visit.BeginAsync(run, width);
                await check(visit, template);
            }
            catch (Exception fault) when (fault is XunitException or PlaywrightException or TimeoutException)
            {
                faults.Enqueue($"{template}: {fault.Message}");
            }
        });
        None(faults);
    }

    private void SkipWithoutBrowser() => Skip.If(run.Missing is not null, run.Missing);

    private protected static void None(IEnumerable<string> faults) => Assert.True(!faults.Any(), string.Join('\n', faults));
}
