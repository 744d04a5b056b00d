using System.Security.Cryptography;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.Tests;
using AlignmentMesh.RiskScoring.Domain;
using BenchmarkDotNet.Attributes;
using Npgsql;

namespace AlignmentMesh.Benchmarks;

/// <summary>
/// A ledger of 100,000 entries as an auditor takes it, beside SHA-256 over the same bytes and beside reading the same entries from
/// PostgreSQL with nothing checked.
/// </summary>
[MemoryDiagnoser]
public class AuditBenchmarks
{
    private const int Entries = 100_000;
    private const int PerVersion = 16;

    private readonly DataDirectory _directory = DataDirectory.CreateTemporary();
    private IReadOnlyList<LedgerEntry> _entries = [];
    private byte[][] _bytes = [];
    private LocalServers? _servers;
    private NpgsqlDataSource? _database;

    [GlobalSetup]
    public async Task WriteAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ledger = new StudyLedger("bench", key).Begun();
        for (var rating = 0; ledger.Size < Entries; rating++)
            ledger.Rate(
                $"org-{rating % 50}", $"r-{rating % 7}", Decimals.Format((rating * 37 % 90 + 5) / 100m),
                rating % 2 == 0 ? "RLHF" : "Debate", rating % 4 < 2 ? "COLL" : "AL-GEN");
        _entries = ledger.All();
        _bytes = [.. _entries.Select(entry => Encoding.UTF8.GetBytes(entry.Leaf + entry.Opening!.Envelope))];
        _servers = await LocalServers.StartAsync(_directory);
        _database = NpgsqlDataSource.Create(await _servers.CreateDatabaseAsync("audit"));
        await StoreAsync(_database);
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _database!.DisposeAsync();
        await _servers!.DisposeAsync();
        _directory.Delete();
    }

    /// <summary>What nobody can do without: each byte hashed once.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Entries)]
    public int Sha256Alone()
    {
        var sum = 0;
        foreach (var bytes in _bytes) sum += SHA256.HashData(bytes)[0];
        return sum;
    }

    /// <summary>The same entries with plain Npgsql, each made an object, none of them looked at.</summary>
    [Benchmark(OperationsPerInvoke = Entries)]
    public async Task<int> SelectAll()
    {
        var entries = new List<LedgerEntry>();
        await using var command = _database!.CreateCommand("select idx, leaf, salt, envelope from entry order by idx");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            entries.Add(new LedgerEntry(
                rows.GetInt64(0), rows.GetString(1), new LedgerOpening(rows.GetInt64(0), rows.GetString(2), rows.GetString(3)), null));
        return entries.Count;
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

    private async Task StoreAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using (var create = new NpgsqlCommand(
            "create table entry (idx bigint primary key, leaf text, salt text, envelope text)", connection))
            await create.ExecuteNonQueryAsync();
        await using (var copy = await connection.BeginBinaryImportAsync("copy entry from stdin (format binary)"))
        {
            foreach (var entry in _entries)
                await copy.WriteRowAsync(default, entry.Index, entry.Leaf, entry.Opening!.Salt, entry.Opening.Envelope);
            await copy.CompleteAsync();
        }

        await using var settle = new NpgsqlCommand("vacuum analyze entry", connection);
        await settle.ExecuteNonQueryAsync();
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
