using System.Runtime.InteropServices;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// A portfolio without what does not need computing. Exactly, P(all fail) = floor + (1 - floor) prod over parts of P(all of the part
/// fail), by: modes that cannot obtain or overcome nothing go; modes that are certain, and modes of one technique only, become that
/// technique's own failure; techniques certain to fail go, and those redundant beside another (see <see cref="Redundancy"/>); equal
/// columns of zeros and ones merge; modes that defeat everything make up the floor; what shares no mode is apart.
/// </summary>
/// <param name="Floor">P(a mode that defeats everything obtains).</param>
internal sealed record Reduction(double Floor, IReadOnlyList<LayeredPart> Parts)
{
    /// <param name="comonotone">
    /// True when the techniques' residual failures may depend on each other, see <see cref="Dependence"/>: then a technique's own
    /// modes count as shared ones, and nothing is apart.
    /// </param>
    internal static Reduction Of(LayeredPart part, bool comonotone = false)
    {
        var left = new Remains(part, comonotone);
        while (left.Shrinks())
        {
        }

        return new Reduction(left.Floor, comonotone || left.Own.Count < 2 ? [left.ToPart()] : left.Apart());
    }

    /// <summary>P(all fail) from that of each part.</summary>
    internal double Joint(Func<LayeredPart, double> joint)
    {
        var product = 1.0;
        foreach (var part in Parts) product *= joint(part);
        return Math.Min(Floor + (1 - Floor) * product, 1);
    }

    private sealed class Remains
    {
        private readonly bool _comonotone;
        private readonly List<(double Likelihood, double[] Column)> _modes;

        internal Remains(LayeredPart part, bool comonotone)
        {
            _comonotone = comonotone;
            Own = [.. part.Own];
            _modes = [.. Enumerable.Range(0, part.FailureModes).Select(j => (part.Likelihoods[j], part.Column(j).ToArray()))];
        }

        internal double Floor { get; private set; }

        internal List<double> Own { get; }

        /// <returns>Whether a technique or mode went.</returns>
        internal bool Shrinks()
        {
            var before = (Own.Count, _modes.Count);
            if (Own.Count == 0) _modes.Clear();
            for (var j = _modes.Count - 1; j >= 0; j--)
                if (Settles(_modes[j].Likelihood, _modes[j].Column)) _modes.RemoveAt(j);
            for (var i = Own.Count - 1; i >= 0; i--)
                if (Own[i] >= 1 || IsRedundant(i)) Remove(i);
            Merge();
            return before != (Own.Count, _modes.Count);
        }

        internal LayeredPart ToPart() => new(
            [.. Own], [.. _modes.Select(mode => mode.Likelihood)], [.. _modes.SelectMany(mode => mode.Column)]);

        /// <summary>Techniques that no chain of modes connects fail independently.</summary>
        internal IReadOnlyList<LayeredPart> Apart()
        {
            int[] group = [.. Enumerable.Range(0, Own.Count)];
            foreach (var (_, column) in _modes)
            {
                int[] touched = [.. Enumerable.Range(0, group.Length).Where(i => column[i] > 0).Select(i => group[i]).Distinct()];
                for (var i = 0; i < group.Length; i++)
                    if (Array.IndexOf(touched, group[i]) >= 0) group[i] = touched[0];
            }

            return [.. group.Distinct().Select(one =>
            {
                int[] members = [.. Enumerable.Range(0, group.Length).Where(i => group[i] == one)];
                var modes = _modes.Where(mode => members.Any(i => mode.Column[i] > 0)).ToArray();
                return new LayeredPart(
                    [.. members.Select(i => Own[i])], [.. modes.Select(mode => mode.Likelihood)],
                    [.. modes.SelectMany(mode => members.Select(i => mode.Column[i]))]);
            })];
        }

        /// <summary>Takes a mode into the techniques' own failures or into the floor, where that says all about it.</summary>
        private bool Settles(double likelihood, double[] column)
        {
            var touched = column.Count(v => v > 0);
            if (likelihood == 0 || touched == 0) return true;
            if (likelihood == 1 || (touched == 1 && !_comonotone))
            {
                for (var i = 0; i < Own.Count; i++) Own[i] += (1 - Own[i]) * (likelihood * column[i]);
                return true;
            }

            if (!Array.TrueForAll(column, v => v == 1)) return false;
            Floor += (1 - Floor) * likelihood;
            return true;
        }

        private bool IsRedundant(int technique) => Enumerable.Range(0, Own.Count).Any(beside =>
            beside != technique && Own[beside] == 0
            && _modes.TrueForAll(mode => mode.Column[beside] == 0 || mode.Column[technique] == 1));

        private void Remove(int technique)
        {
            Own.RemoveAt(technique);
            foreach (ref var mode in CollectionsMarshal.AsSpan(_modes))
                mode.Column = [.. mode.Column.Where((_, i) => i != technique)];
        }

        private void Merge()
        {
            for (var j = _modes.Count - 1; j > 0; j--)
            {
                var (likelihood, column) = _modes[j];
                if (Array.Exists(column, v => v is not (0 or 1))) continue;
                var same = _modes.FindIndex(0, j, mode => mode.Column.AsSpan().SequenceEqual(column));
                if (same < 0) continue;
                _modes[same] = _modes[same] with { Likelihood = _modes[same].Likelihood + (1 - _modes[same].Likelihood) * likelihood };
                _modes.RemoveAt(j);
            }
        }
    }
}
