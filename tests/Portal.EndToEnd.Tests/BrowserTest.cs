using Microsoft.Playwright;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>A test that needs the browser; without one it is skipped, and says why.</summary>
[Collection(OnOnePortal.Name)]
public abstract class BrowserTest(BrowserRun run)
{
    protected const int Wide = 1280;
    protected const int Narrow = 320;

    protected BrowserRun Run => run;

    /// <summary>A window, or the end of the test.</summary>
    private protected Task<Visit> BeginAsync(int width = Wide, bool withScript = true, ReducedMotion? motion = null)
    {
        Skip.If(run.Missing is not null, run.Missing);
        return Visit.BeginAsync(run, width, withScript, motion);
    }

    private protected static void None(IEnumerable<string> faults) => Assert.True(!faults.Any(), string.Join('\n', faults));
}
