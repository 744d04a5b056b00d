using System.Collections.Concurrent;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>Up to where each study should be folded by now: what the fold loop fetches if no message brought it.</summary>
internal sealed class FeedTargets
{
    private readonly ConcurrentDictionary<string, long> _sizes = new();

    public void Raise(string study, long size) => _sizes.AddOrUpdate(study, size, (_, known) => Math.Max(known, size));

    public IReadOnlyList<(string Study, long Size)> All() => [.. _sizes.Select(study => (study.Key, study.Value))];
}
