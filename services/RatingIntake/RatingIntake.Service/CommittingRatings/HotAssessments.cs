using System.Collections.Concurrent;
using AlignmentMesh.RatingIntake.Domain;
using Marten;

namespace AlignmentMesh.RatingIntake.Service.CommittingRatings;

/// <summary>One rater's state and the version it holds at (0: no stream yet).</summary>
internal sealed record HotAssessment(Assessment State, long Version)
{
    public static HotAssessment Empty { get; } = new(Assessment.Empty, 0);
}

/// <summary>Assessments in memory; the database's unique (stream, version) is the judge of whether they are current.</summary>
internal sealed class HotAssessments
{
    private const int Remembered = 20_000;

    private readonly ConcurrentDictionary<string, HotAssessment> _assessments = new();

    /// <summary>All of <paramref name="streams"/>; what is not remembered is loaded in one query.</summary>
    public async Task<Dictionary<string, HotAssessment>> LoadAsync(
        IQuerySession session, IReadOnlyCollection<string> streams, CancellationToken token)
    {
        if (_assessments.Count > Remembered) _assessments.Clear();
        var found = new Dictionary<string, HotAssessment>(streams.Count);
        var missing = new List<string>();
        foreach (var stream in streams)
            if (_assessments.TryGetValue(stream, out var known)) found[stream] = known;
            else missing.Add(stream);
        if (missing.Count == 0) return found;
        foreach (var (stream, loaded) in await StoredAsync(session, missing, token)) found[stream] = _assessments[stream] = loaded;
        return found;
    }

    /// <summary>One assessment as stored now, whatever is remembered: another process may have committed.</summary>
    public static async Task<HotAssessment> StoredAsync(IQuerySession session, string stream, CancellationToken token) =>
        (await StoredAsync(session, [stream], token))[stream];

    public void Remember(IEnumerable<KeyValuePair<string, HotAssessment>> assessments)
    {
        foreach (var (stream, assessment) in assessments) _assessments[stream] = assessment;
    }

    public void Forget(IEnumerable<string> streams)
    {
        foreach (var stream in streams) _assessments.TryRemove(stream, out _);
    }

    private static async Task<Dictionary<string, HotAssessment>> StoredAsync(
        IQuerySession session, List<string> streams, CancellationToken token)
    {
        var stored = await session.Events.QueryAllRawEvents()
            .Where(stored => stored.StreamKey!.IsOneOf(streams)).OrderBy(stored => stored.Sequence).ToListAsync(token);
        var found = streams.ToDictionary(stream => stream, _ => HotAssessment.Empty);
        foreach (var each in stored)
            found[each.StreamKey!] = new HotAssessment(Assessment.Evolve(found[each.StreamKey!].State, each.Data), each.Version);
        return found;
    }
}
