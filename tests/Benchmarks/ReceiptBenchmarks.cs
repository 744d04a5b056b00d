using AlignmentMesh.Ledger;
using BenchmarkDotNet.Attributes;

namespace AlignmentMesh.Benchmarks;

/// <summary>What the receipts of one transaction cost: one signature and the paths to its root, against a signature for each.</summary>
[MemoryDiagnoser]
public class ReceiptBenchmarks
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 9, 30, 0, TimeSpan.Zero);
    private static readonly string Commitment = new('a', 64);
    private static readonly NoteSigner Signer = new("mesh/receipts", NoteAlgorithm.Ed25519, new byte[32]);

    /// <summary>Requests that are committed together.</summary>
    [Params(1, 16, 64)]
    public int Batch { get; set; }

    [Benchmark(Baseline = true)]
    public int SignatureForEach() => Enumerable.Range(0, Batch).Sum(index => Sign(index, 1));

    [Benchmark]
    public int SignatureForAll() => Sign(0, Batch);

    private static int Sign(int from, int count)
    {
        var (root, paths) = Receipt.Prove(
            [.. Enumerable.Range(from, count).Select(index => Receipt.LeafHash("s", new Guid(index, 0, 0, new byte[8]), Commitment))]);
        var text = new Receipt("mesh", Timestamps.Format(Now), 10, count, root).ToString();
        return new SignedNote(text, [Signer.Sign(text, Now)]).ToString().Length + paths.Count;
    }
}
