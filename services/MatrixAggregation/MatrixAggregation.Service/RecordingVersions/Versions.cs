using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

namespace AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

/// <summary>What the first entries of a ledger come to: the state that ratings are listed from, and its matrix.</summary>
internal sealed record ComputedVersion(MatrixState State, ConsensusMatrix Matrix);

/// <param name="Published">True when the running system recorded this version, false when it was computed for this request.</param>
internal sealed record AnyVersion(ConsensusMatrix Matrix, bool Published);

/// <summary>Any version of any study: read where it was recorded, computed from the stored entries where it was not.</summary>
internal sealed class Versions(VersionLog log, StoredFold stored, FoldedStudies studies, VersionCache cache, ComputingTurn turn)
{
    /// <param name="version">1 up to the study's current one.</param>
    public async Task<AnyVersion> ReadAsync(string study, long version, CancellationToken token)
    {
        if (cache.Recorded(study, version) is { } known) return new AnyVersion(known.Matrix, Published: true);
        if (await log.ReadAsync(study, version, token) is not { } recorded)
            return new AnyVersion((await ComputeAsync(study, version, token)).Matrix, Published: false);
        cache.Remember(recorded);
        return new AnyVersion(recorded.Matrix, Published: true);
    }

    /// <summary>The version with the ratings behind it.</summary>
    /// <param name="version">1 up to the study's current one.</param>
    public async Task<ComputedVersion> ComputeAsync(string study, long version, CancellationToken token)
    {
        if (studies.Of(study) is { Recorded: { } newest } current && current.Size == version)
            return new ComputedVersion(current.State, newest.Matrix);
        if (cache.Computed(study, version) is { } known) return known;
        return await turn.RunAsync(
            async () =>
            {
                var computed = await FoldAsync(study, version, token);
                cache.Remember(computed);
                return computed;
            },
            token);
    }

    /// <summary>What follows from a version's ratings, computed once as long as it is remembered.</summary>
    /// <param name="name">Differs wherever the answer differs.</param>
    /// <param name="other">Another turn than that of most computations.</param>
    public async Task<T> DeriveAsync<T>(
        string study, long version, string name, Func<ComputedVersion, T> derive, CancellationToken token, ComputingTurn? other = null)
        where T : class
    {
        if (cache.Derived<T>(study, version, name) is { } known) return known;
        var computed = await ComputeAsync(study, version, token);
        return await (other ?? turn).RunAsync(
            () =>
            {
                var derived = cache.Derived<T>(study, version, name) ?? derive(computed);
                cache.Remember(study, version, name, derived);
                return Task.FromResult(derived);
            },
            token);
    }

    private async Task<ComputedVersion> FoldAsync(string study, long version, CancellationToken token)
    {
        var folded = await stored.FoldAsync(study, version, token);
        return new ComputedVersion(folded.State, Consensus.Of(folded.State, Convert.ToHexStringLower(folded.Range.Root())).Matrix);
    }
}
