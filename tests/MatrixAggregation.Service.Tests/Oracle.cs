using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>What a version must be: the domain's fold over the first entries, without service, store or pages.</summary>
internal static class Oracle
{
    public static ConsensusMatrix Matrix(StudyLedger ledger, long version)
    {
        var range = new CompactRange();
        foreach (var entry in ledger.All().Take((int)version)) range.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Leaf)));
        return Consensus.Of(State(ledger, version), Convert.ToHexStringLower(range.Root())).Matrix;
    }

    public static MatrixState State(StudyLedger ledger, long version) => ledger.All().Take((int)version)
        .Aggregate(MatrixState.Empty(ledger.Study), (state, entry) => state.Apply(FoldEntry.Read(entry)));
}
