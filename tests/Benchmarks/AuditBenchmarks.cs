using System.Security.Cryptography;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.Tests;
using AlignmentMesh.RiskScoring.Domain;
using BenchmarkDotNet.Attributes;

namespace AlignmentMesh.Benchmarks;

/// <summary>A ledger of 100,000 entries as an auditor takes it, beside SHA-256 over the same bytes.</summary>
[MemoryDiagnoser]
public class AuditBenchmarks
{
    private const int Entries = 100_000;
    private const int PerVersion = 16;

    private IReadOnlyList<LedgerEntry> _entries = [];
    private byte[][] _bytes = [];

    [GlobalSetup]
    public void Write()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ledger = new StudyLedger("bench", key).Begun();
        for (var rating = 0; ledger.Size < Entries; rating++)
            ledger.Rate(
                $"org-{rating % 50}", $"r-{rating % 7}", Decimals.Format((rating * 37 % 90 + 5) / 100m),
                rating % 2 == 0 ? "RLHF" : "Debate", rating % 4 < 2 ? "COLL" : "AL-GEN");
        _entries = ledger.All();
        _bytes = [.. _entries.Select(entry => Encoding.UTF8.GetBytes(entry.Leaf + entry.Opening!.Envelope))];
    }

    /// <summary>What nobody can do without: each byte hashed once.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Entries)]
    public int Sha256Alone()
    {
        var sum = 0;
        foreach (var bytes in _bytes) sum += SHA256.HashData(bytes)[0];
        return sum;
    }

    /// <summary>Every leaf, commitment and content checked, the root built, the state folded.</summary>
    [Benchmark(OperationsPerInvoke = Entries)]
    public string Verify() => Taken((_, _) => { }).Root;

    /// <summary>And a matrix and both risk reports at every 16th entry.</summary>
    [Benchmark(OperationsPerInvoke = Entries)]
    public int ReplayMatrixAndRisk()
    {
        var portfolios = 0;
        Taken((replay, at) =>
        {
            if (at % PerVersion != 0) return;
            var matrix = replay.Matrix();
            foreach (var lens in Method.Lenses) portfolios += new ScoreRisk(matrix, lens).Report(PortfolioChoice.Main).Portfolios.Count;
        });
        return portfolios;
    }

    private LedgerReplay Taken(Action<LedgerReplay, long> step)
    {
        var replay = new LedgerReplay("bench");
        foreach (var entry in _entries)
        {
            replay.Take(entry);
            step(replay, replay.Size);
        }

        return replay;
    }
}

/// <summary>Proofs from a tree of 1,000,000 leaves, beside one hash of a node.</summary>
public class ProofBenchmarks
{
    private const int Leaves = 1_000_000;

    private readonly ProofTree _tree = new();
    private readonly byte[] _hash = new byte[Merkle.HashSize];
    private long _next;

    [GlobalSetup]
    public void Grow()
    {
        for (var leaf = 0; leaf < Leaves; leaf++) _tree.Append(SHA256.HashData(BitConverter.GetBytes(leaf)));
    }

    [Benchmark(Baseline = true)]
    public byte[] OneNode() => Merkle.NodeHash(_hash, _hash);

    [Benchmark]
    public int Inclusion() => _tree.Inclusion(Next(), Leaves).Count;

    [Benchmark]
    public int Consistency() => _tree.Consistency(1 + Next(), Leaves).Count;

    private long Next() => _next = (_next + 777_767) % Leaves;
}
