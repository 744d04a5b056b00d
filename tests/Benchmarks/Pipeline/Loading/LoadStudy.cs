using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.EndToEnd.Tests;

namespace AlignmentMesh.Benchmarks.Pipeline.Loading;

/// <summary>A study with an open round, and the raters whose requests it gets, each new one from the next rater.</summary>
internal sealed class LoadStudy(string id, IReadOnlyList<Rater> raters)
{
    private const string Owner = "owner";
    private long _next = -1;

    public string Id => id;

    public int Raters => raters.Count;

    /// <summary>Opens the study over HTTP, as its owner would, with the raters spread evenly over the organisations.</summary>
    public static async Task<LoadStudy> OpenAsync(
        LoadClient client, LocalKeys keys, string id, int organisations, int raters, TimeProvider clock, CancellationToken token)
    {
        var (admin, manager) = (Rater.Of(keys, Owner, "olga", "org-admin", clock), Rater.Of(keys, Owner, "mia", "round-manager", clock));
        await client.SayAsync(admin, "studies", new OpenStudyRequest(id, "Load", PaperTable.Catalogue), token);
        var names = Enumerable.Range(0, organisations).Select(number => $"lab-{number}").ToArray();
        foreach (var name in names)
            await client.SayAsync(manager, $"studies/{id}/organisations", new AdmitOrganisationRequest(name, name), token);
        await client.SayAsync(manager, $"studies/{id}/rounds", new OpenRoundRequest("open"), token);
        var tokens = Enumerable.Range(0, raters).AsParallel().AsOrdered()
            .Select(number => Rater.Of(keys, names[number % organisations], $"rater-{number}", "rater", clock));
        return new LoadStudy(id, [.. tokens]);
    }

    /// <summary>Sends the next request of the study.</summary>
    public Task<Sample> SendAsync(LoadClient client, Shape shape, long intended, CancellationToken token)
    {
        var number = Interlocked.Increment(ref _next);
        var (round, rater) = Math.DivRem(number, raters.Count);
        return client.RateAsync(raters[(int)rater], id, number, shape.Body(number, round), intended, token);
    }
}
