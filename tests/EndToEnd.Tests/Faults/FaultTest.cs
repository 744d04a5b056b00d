using System.Globalization;
using System.Security.Cryptography;
using AlignmentMesh.Deploy.Local.Services;
using Xunit.Abstractions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>A fault in the middle of a load, and what must hold afterwards.</summary>
public abstract class FaultTest(FaultyMesh run, ITestOutputHelper output)
{
    /// <summary>From the end of the load until nothing lags any more.</summary>
    protected static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

    private const int Some = 25;

    protected FaultyMesh Run { get; } = run;

    /// <summary>Rates, does the harm, rates on, and checks the invariants.</summary>
    /// <param name="nodes">Instances of rating-intake to send to; the first one if none is named.</param>
    protected async Task<Workload> UnderLoadAsync(Func<Workload, Task> fault, params Uri[] nodes)
    {
        var study = await Run.StudyAsync(PaperTable.Catalogue, "open", [.. FaultyMesh.Organisations]);
        var load = Workload.Start(Run, study, Seed(), nodes.Length > 0 ? nodes : [Run.Mesh.Address(MeshService.RatingIntake)]);
        try
        {
            await load.WaitForMoreAsync(Some);
            await fault(load);
            await load.WaitForMoreAsync(Some);
        }
        finally
        {
            await load.StopAsync();
            output.WriteLine(load.ToString());
        }

        var begun = TimeProvider.System.GetTimestamp();
        await Invariants.CheckAsync(Run, load, Budget);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"no lag after {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0.0} s"));
        return load;
    }

    protected static async Task WaitUntilAsync(Func<Task<bool>> condition, string what, int seconds = 60)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"not within {seconds} s: {what}");
            await Task.Delay(50);
        }
    }

    protected static Task WaitUntilAsync(Func<bool> condition, string what, int seconds = 60) =>
        WaitUntilAsync(() => Task.FromResult(condition()), what, seconds);

    /// <summary>
    /// No client met the fault. One that clients meet makes dozens of answers 503 or broken ones; a busy machine that stands still for
    /// longer than a limit makes one.
    /// </summary>
    protected static void AssertUnnoticed(Workload load) =>
        Assert.True(load.Busy + load.Broken <= load.Acknowledged.Count / 50, load.ToString());

    protected static async Task<int> StatusAsync(Uri address, string path)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return (int)answer.StatusCode;
    }

    /// <summary>MESH_FAULT_SEED to repeat a run's requests; their timing is the machine's.</summary>
    private static int Seed() => Environment.GetEnvironmentVariable("MESH_FAULT_SEED") is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : RandomNumberGenerator.GetInt32(int.MaxValue / 2);
}
