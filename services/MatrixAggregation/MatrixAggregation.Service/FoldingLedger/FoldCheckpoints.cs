using System.Collections.Concurrent;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>
/// States of each study at sizes that lie about evenly apart, so that any version is a short fold away. States share most of what
/// they hold, and there are never more than a few dozen: when there would be, every second one is forgotten.
/// </summary>
internal sealed class FoldCheckpoints
{
    /// <summary>Checkpoints of one study.</summary>
    public const int Most = 64;

    private const int FirstSpacing = 32;

    private readonly ConcurrentDictionary<string, Study> _studies = new();

    /// <summary>Whether a checkpoint at that size would be far enough from all others.</summary>
    public bool IsDue(string study, long size) => _studies.GetOrAdd(study, _ => new Study()).IsDue(size);

    /// <param name="folded">Its range is never appended to.</param>
    public void Keep(FoldedStudy folded) => _studies.GetOrAdd(folded.State.Study, _ => new Study()).Keep(folded);

    /// <summary>The largest checkpoint of at most that size, or null.</summary>
    public FoldedStudy? Before(string study, long size) => _studies.GetValueOrDefault(study)?.Before(size);

    /// <summary>Forgets everything: what was folded was replaced.</summary>
    public void Clear() => _studies.Clear();

    private sealed class Study
    {
        private readonly Lock _turn = new();
        private readonly List<FoldedStudy> _ascending = [];
        private long _spacing = FirstSpacing;

        public bool IsDue(long size)
        {
            lock (_turn)
            {
                var at = _ascending.FindLastIndex(one => one.Size <= size);
                return (at < 0 ? size : size - _ascending[at].Size) >= _spacing
                    && (at + 1 == _ascending.Count || _ascending[at + 1].Size - size >= _spacing);
            }
        }

        public void Keep(FoldedStudy folded)
        {
            lock (_turn)
            {
                if (!IsDue(folded.Size)) return;
                _ascending.Insert(_ascending.FindLastIndex(one => one.Size < folded.Size) + 1, folded);
                if (_ascending.Count <= Most) return;
                for (var at = _ascending.Count - 1; at >= 0; at -= 2) _ascending.RemoveAt(at);
                // Pages may be longer than the spacing was.
                _spacing = Math.Max(2 * _spacing, _ascending.Zip(_ascending.Skip(1), (one, next) => next.Size - one.Size).Min());
            }
        }

        public FoldedStudy? Before(long size)
        {
            lock (_turn) return _ascending.FindLast(one => one.Size <= size);
        }
    }
}
