using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Client;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary>A study's ledger read over HTTP and folded here, as matrix-aggregation folds it.</summary>
internal static class LedgerFold
{
    public const int LargestPage = 256;

    /// <summary>The head of the ledger, and what all entries up to it come to.</summary>
    public static async Task<(TreeHead Head, MatrixState State)> ReadAsync(ServiceClient intake, string study, CancellationToken ct)
    {
        var path = $"ledger/{ServiceClient.Segment(study)}";
        var head = await intake.GetAsync<TreeHead>(path, ct);
        var state = MatrixState.Empty(study);
        while (state.Next < head.Size)
        {
            var limit = Math.Min(LargestPage, head.Size - state.Next);
            var page = await intake.GetAsync<LedgerPage>($"{path}/entries?from={state.Next}&limit={limit}", ct);
            state = On(state, page.Entries);
        }

        return (head, state);
    }

    public static MatrixState On(MatrixState state, IEnumerable<LedgerEntry> entries) =>
        entries.Aggregate(state, (before, entry) => before.Apply(FoldEntry.Read(entry)));
}
