using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using Npgsql;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>What holds after every fault, checked from outside.</summary>
internal static class Invariants
{
    /// <summary>Largest resident memory of one service process, MiB.</summary>
    public const long MemoryLimit = 600;

    /// <summary>
    /// Every acknowledged event once and nothing else, dense, roots equal, the published numbers those of a rebuild, the lag
    /// gone within the budget, memory bounded, and no answer that a fault may not cause.
    /// </summary>
    public static async Task CheckAsync(FaultyMesh run, Workload load, TimeSpan budget)
    {
        Assert.True(load.Unexpected.Count == 0, $"{load}:\n{string.Join('\n', load.Unexpected.Take(5))}");
        var setUp = FaultyMesh.Organisations.Count + 2;
        var head = await WaitForLedgerAsync(run, load, setUp + load.Acknowledged.Count, budget);
        var (matrix, risk) = await run.WaitForVersionAsync(load.Study, head.Size, limit: budget);
        var entries = await run.EntriesAsync(load.Study, head.Size);
        RequireLedger(load, head, entries, setUp);
        RequireRebuild(load, head, entries, matrix, risk);
        await RequireNoEventWithoutEntryAsync(run, load, head);
        RequireBoundedMemory(run, load);
    }

    private static void RequireLedger(Workload load, TreeHead head, List<LedgerEntry> entries, int setUp)
    {
        Assert.Equal(Enumerable.Range(0, (int)head.Size).Select(index => (long)index), entries.Select(entry => entry.Index));
        var leaves = entries.ConvertAll(entry => Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf)));
        var range = new CompactRange();
        foreach (var entry in entries) range.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Leaf)));
        Assert.Equal(head.Root, Convert.ToHexStringLower(range.Root()));
        Assert.Equal(leaves.Select(leaf => leaf.SequencedAt).Order(StringComparer.Ordinal), leaves.Select(leaf => leaf.SequencedAt));
        var kept = leaves.Skip(setUp).ToLookup(leaf => leaf.EventId, leaf => leaf.Commitment);
        var lost = load.Acknowledged.Where(receipt => !kept[receipt.Key].SequenceEqual([receipt.Value])).ToList();
        Assert.True(lost.Count == 0, $"{load}: {lost.Count} acknowledged are not there exactly once, e.g. {lost.FirstOrDefault().Key}");
        var foreign = kept.Where(leaf => !load.Acknowledged.ContainsKey(leaf.Key)).ToList();
        Assert.True(foreign.Count == 0, $"{load}: {foreign.Count} entries that nobody was told of");
    }

    private static void RequireRebuild(Workload load, TreeHead head, List<LedgerEntry> entries, MatrixView matrix, RiskReport risk)
    {
        var state = entries.Aggregate(MatrixState.Empty(load.Study), (state, entry) => state.Apply(FoldEntry.Read(entry)));
        var rebuilt = Consensus.Of(state, head.Root).Matrix;
        Assert.Equal((head.Size, head.Root, rebuilt.Digest), (matrix.Version, matrix.Root, matrix.Digest));
        Assert.Equal((head.Size, rebuilt.Digest), (risk.Version, risk.MatrixDigest));
    }

    private static async Task RequireNoEventWithoutEntryAsync(FaultyMesh run, Workload load, TreeHead head)
    {
        await using var database = await run.DatabaseAsync(MeshService.RatingIntake);
        await using var count = new NpgsqlCommand(
            """
            select (select count(*) from intake.mt_events where stream_id = 'study/' || $1 or stream_id like 'assessment/' || $1 || '/%'),
                (select count(distinct event_id) from intake.ledger where study = $1)
            """, database);
        count.Parameters.Add(new NpgsqlParameter { Value = load.Study });
        await using var row = await count.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        Assert.Equal((head.Size, head.Size), (row.GetInt64(0), row.GetInt64(1)));
    }

    private static void RequireBoundedMemory(FaultyMesh run, Workload load)
    {
        foreach (var service in run.Mesh.Services)
            if (service.Process.ProcessId is { } id && FaultyMesh.MemoryOf(id) is > MemoryLimit and var used)
                Assert.Fail($"{load}: {service.Name} uses {used} MiB");
    }

    private static async Task<TreeHead> WaitForLedgerAsync(FaultyMesh run, Workload load, int size, TimeSpan budget)
    {
        using var limit = new CancellationTokenSource(budget);
        TreeHead? head = null;
        while (!limit.IsCancellationRequested)
        {
            head = await MeshRun.TryGetAsync<TreeHead>(run.Intake(), $"ledger/{load.Study}");
            if (head?.Size >= size) return head;
            await Task.Delay(50);
        }

        throw new Xunit.Sdk.XunitException($"{load}: the ledger has {head?.Size} of {size} entries after {budget.TotalSeconds} s");
    }
}
