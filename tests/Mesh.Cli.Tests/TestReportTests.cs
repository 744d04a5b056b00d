using AlignmentMesh.Mesh.Cli.Running;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class TestReportTests
{
    [Fact]
    public void A_report_names_what_took_long_or_did_not_pass()
    {
        var outcome = new TestOutcome(2, 1, 1, [],
        [
            new TestResult("A.B.QuickTests.Passes", "Passed", TimeSpan.FromSeconds(9.9)),
            new TestResult("A.B.SlowTests.Takes_long", "Passed", TimeSpan.FromSeconds(75.4)),
            new TestResult("A.B.SlowTests.Fails(x: \"a.b|c\")", "Failed", TimeSpan.FromSeconds(1)),
            new TestResult("A.B.SlowTests.Needs_a_library", "NotExecuted", TimeSpan.Zero),
        ]);
        var report = TestReport.Write(outcome, new DateTimeOffset(2026, 11, 25, 9, 30, 0, TimeSpan.Zero));
        Assert.StartsWith("Begun 2026-11-25 09:30 UTC on ", report, StringComparison.Ordinal);
        Assert.Contains(": 2 passed, 1 failed, 1 skipped. ", report, StringComparison.Ordinal);
        Assert.EndsWith(
            """
            | SlowTests.Takes long | passed | 75 |
            | SlowTests.Fails(x: "a.b\|c") | **failed** | 1 |
            | SlowTests.Needs a library | skipped | 0 |

            """, report, StringComparison.Ordinal);
    }
}
