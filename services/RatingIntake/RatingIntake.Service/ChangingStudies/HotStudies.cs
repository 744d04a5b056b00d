using System.Collections.Concurrent;
using AlignmentMesh.RatingIntake.Domain;
using Marten;

namespace AlignmentMesh.RatingIntake.Service.ChangingStudies;

/// <summary>A study's state and the version it holds at.</summary>
internal sealed record HotStudy(Study State, long Version);

/// <summary>
/// Studies in memory. What is here may be old: a rating's transaction checks the version in the database, and a difference
/// forgets and decides again.
/// </summary>
internal sealed class HotStudies
{
    private readonly ConcurrentDictionary<string, HotStudy> _studies = new();

    /// <summary>The study as remembered, otherwise as stored; null when there is none.</summary>
    public async Task<HotStudy?> FindAsync(IQuerySession session, string study, CancellationToken token)
    {
        if (_studies.TryGetValue(study, out var known)) return known;
        return await LoadAsync(session, study, token);
    }

    /// <summary>The study as stored now.</summary>
    public async Task<HotStudy?> FreshAsync(IQuerySession session, string study, CancellationToken token)
    {
        var stream = await session.Events.FetchStreamStateAsync(StreamKeys.Study(study), token);
        if (stream is null) return null;
        return _studies.TryGetValue(study, out var known) && known.Version == stream.Version
            ? known
            : await LoadAsync(session, study, token);
    }

    public void Remember(string study, HotStudy state) => _studies[study] = state;

    public void Forget(string study) => _studies.TryRemove(study, out _);

    private async Task<HotStudy?> LoadAsync(IQuerySession session, string study, CancellationToken token)
    {
        var events = await session.Events.FetchStreamAsync(StreamKeys.Study(study), token: token);
        if (events.Count == 0) return null;
        var state = events.Aggregate((Study?)null, (state, stored) => Study.Evolve(state, stored.Data))!;
        return _studies[study] = new HotStudy(state, events[^1].Version);
    }
}
