using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using Microsoft.Extensions.Caching.Memory;

namespace AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

/// <summary>Versions that were asked for lately. A version never changes, so nothing here goes stale but by a rebuild.</summary>
internal sealed class VersionCache(FoldCheckpoints checkpoints) : IDisposable
{
    private const int Matrices = 128;
    private const int States = 8;
    private const int Answers = 128;

    private readonly MemoryCache _recorded = new(new MemoryCacheOptions { SizeLimit = Matrices });
    private readonly MemoryCache _computed = new(new MemoryCacheOptions { SizeLimit = States });
    private readonly MemoryCache _derived = new(new MemoryCacheOptions { SizeLimit = Answers });

    public void Remember(RecordedMatrix recorded) => Put(_recorded, (recorded.Matrix.Study, recorded.Place.Version), recorded);

    public RecordedMatrix? Recorded(string study, long version) => _recorded.Get<RecordedMatrix>((study, version));

    public void Remember(ComputedVersion computed) => Put(_computed, (computed.State.Study, computed.State.Next), computed);

    public ComputedVersion? Computed(string study, long version) => _computed.Get<ComputedVersion>((study, version));

    public void Remember(string study, long version, string name, object derived) => Put(_derived, (study, version, name), derived);

    public T? Derived<T>(string study, long version, string name)
        where T : class => _derived.Get<T>((study, version, name));

    /// <summary>Forgets everything: what versions are read from was replaced.</summary>
    public void Clear()
    {
        checkpoints.Clear();
        _recorded.Clear();
        _computed.Clear();
        _derived.Clear();
    }

    public void Dispose()
    {
        _recorded.Dispose();
        _computed.Dispose();
        _derived.Dispose();
    }

    private static void Put(MemoryCache cache, object key, object value) =>
        cache.Set(key, value, new MemoryCacheEntryOptions { Size = 1 });
}
