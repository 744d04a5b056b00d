using System.Globalization;
using AlignmentMesh.Deploy.Local;

namespace AlignmentMesh.Mesh.Cli.Running;

/// <summary>Runs test projects, each as a process of its own, and tells as each one ends.</summary>
internal sealed class TestRuns(IReadOnlyDictionary<string, string> environment, TestChoice choice, TimeProvider clock)
{
    private readonly Lock _lock = new();

    public async Task<TestOutcome> RunAsync(IEnumerable<TestProject> projects, int atOnce, CancellationToken ct)
    {
        var sum = TestOutcome.Nothing;
        var results = Directory.CreateTempSubdirectory("alignmentmesh-results-");
        try
        {
            await Parallel.ForEachAsync(projects, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = ct },
                async (project, ct) =>
            {
                var outcome = await RunAsync(project, results.FullName, ct);
                lock (_lock)
                    sum += outcome;
            });
            return sum;
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }

    private async Task<TestOutcome> RunAsync(TestProject project, string results, CancellationToken ct)
    {
        var begun = clock.GetTimestamp();
        string[] arguments = ["test", project.Dll, "--nologo", "--logger", $"trx;LogFileName={project.Name}.trx", "--results-directory",
            results, .. choice.Arguments];
        var (ended, output) = await EndAsync(arguments, ct);
        var trx = Path.Combine(results, project.Name + ".trx");
        var outcome = File.Exists(trx) ? TestOutcome.Read(trx) : TestOutcome.Nothing;
        // A run that broke off must not pass for one that had nothing to say.
        if (!ended && outcome.Failed == 0)
            outcome += TestOutcome.Broken(project.Name, "The test run broke off:\n" + output);
        if (outcome.Total > 0)
            Say(project, outcome, clock.GetElapsedTime(begun));
        return outcome;
    }

    private async Task<(bool Ended, string Output)> EndAsync(string[] arguments, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(choice.Limit);
        try
        {
            return (true, await Dotnet.RunAsync(arguments, environment, limited.Token));
        }
        catch (LocalMeshException e)
        {
            return (false, e.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (false, $"not finished within {choice.Limit.TotalMinutes:0} minutes");
        }
    }

    private static void Say(TestProject project, TestOutcome outcome, TimeSpan took)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"  {project.Name,-34} {outcome.Passed,5} passed {outcome.Failed,4} failed {outcome.Skipped,4} skipped "
                + $"{took.TotalSeconds,7:0.0} s");
        Streams.Say(text, outcome.Failed > 0 ? "red" : "green");
    }
}
