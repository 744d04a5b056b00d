using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

/// <summary>The two ways in which the same ledger reaches a reader.</summary>
internal static class Folding
{
    /// <summary>By somebody who comes late: every entry of a closed blind round arrives with its opening.</summary>
    public static MatrixState Late(this LedgerScript script, int? size = null) =>
        script.Entries.Take(size ?? script.Entries.Count).Select((entry, index) => entry.Entry(index))
            .Aggregate(MatrixState.Empty(LedgerScript.Study), (state, entry) => state.Apply(entry));

    /// <summary>By somebody who follows: blind entries arrive as leaves, and openings when they are awaited.</summary>
    public static MatrixState Live(this LedgerScript script, int? size = null, int openingsAtOnce = 1)
    {
        var state = MatrixState.Empty(LedgerScript.Study);
        foreach (var (index, entry) in script.Entries.Take(size ?? script.Entries.Count).Index())
        {
            state = state.Apply(entry.Entry(index, opened: !entry.IsBlind));

            // Backwards: the order in which openings come must not matter.
            foreach (var page in script.OpeningsOf(state.AwaitedOpenings).Reverse().Chunk(openingsAtOnce))
                state = state.Open(page);
        }

        return state;
    }

    public static IEnumerable<FoldOpening> OpeningsOf(this LedgerScript script, int? round) =>
        script.Entries.Index()
            .Where(pair => pair.Item.IsBlind && pair.Item.Round == round)
            .Select(pair => new FoldOpening(pair.Index, pair.Item.Envelope(pair.Index)));

    public static ConsensusMatrix Matrix(this MatrixState state) => Consensus.Of(state, LedgerScript.Root).Matrix;

    public static string Digest(this MatrixState state) => state.Matrix().Digest!;

    /// <summary>The digest of the numbers alone: the same at another version, time or wording.</summary>
    public static string DigestOfNumbers(this MatrixState state) => Consensus.DigestOf(state.Matrix() with
    {
        Version = 0,
        AsOf = "",
        Techniques = [],
        FailureModes = [],
        Portfolios = [],
    });
}
