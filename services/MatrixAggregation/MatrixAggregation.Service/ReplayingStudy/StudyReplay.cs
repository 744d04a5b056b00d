using System.Runtime.CompilerServices;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using AlignmentMesh.MatrixAggregation.Service.RebuildingStudy;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using Marten;
using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service.ReplayingStudy;

/// <summary>
/// Takes the stored entries from the first one on, each checked as an auditor checks it, and compares what they give with what was
/// published. Nothing that is in memory is used.
/// </summary>
internal sealed class StudyReplay(FoldedEntries stored, VersionLog versions, IDocumentStore store, NpgsqlDataSource database)
    : VersionReplay
{
    private const long Page = 256;

    protected override ProblemType Busy => MatrixProblems.Busy;

    protected override async Task<long> NewestAsync(string study, CancellationToken token) =>
        (await versions.HeadAsync(study, token) ?? throw MatrixProblems.Study(study)).Version;

    protected override ProblemException OutOfRange(string name, long value, long most) => MatrixProblems.Limit(
        name, value, $"1 to {most}, {(name == "to" ? "the newest version" : "the last version asked for")}");

    /// <summary>A line for each published version, and a last one where the entries cannot be taken any further.</summary>
    protected override async IAsyncEnumerable<ReplayedVersion> ReplayAsync(
        string study, long from, long last, [EnumeratorCancellation] CancellationToken token)
    {
        var history = new RecordedHistory(store, database, study, await BeforeAsync(study, from, token));
        var (replay, read) = (new LedgerReplay(study), from - 1);
        IReadOnlyDictionary<long, HistoricVersion> recorded = new Dictionary<long, HistoricVersion>();
        await foreach (var entry in stored.ReadAsync(study, 0, last, token))
        {
            if (WhyNot(replay, entry) is { } damage)
            {
                yield return new(study, last, null, null, null, false, $"{damage}; nothing beyond it can be recomputed");
                yield break;
            }

            if (replay.Size > read)
            {
                recorded = await history.ReadAsync(read, Math.Min(last, read + Page), token);
                read += Page;
            }

            if (recorded.TryGetValue(replay.Size, out var published)) yield return Compare(replay, published);
        }

        if (replay.Size < last) yield return new(study, last, null, null, null, false, $"entry {replay.Size} is not stored");
    }

    /// <summary>The version published before, which the first one is a change of.</summary>
    private async Task<ConsensusMatrix?> BeforeAsync(string study, long from, CancellationToken token) =>
        await versions.ListAsync(study, from, 1, token) is [var before]
            ? (await versions.ReadAsync(study, before.Version, token))?.Matrix
            : null;

    private static string? WhyNot(LedgerReplay replay, LedgerEntry entry)
    {
        try
        {
            replay.Take(entry);
            return null;
        }
        catch (InvalidDataException damaged)
        {
            return damaged.Message;
        }
    }

    private static ReplayedVersion Compare(LedgerReplay replay, HistoricVersion published)
    {
        var recomputed = replay.Matrix();
        var difference = published switch
        {
            { Matrix: null } => "it cannot be read from its events",
            _ when MatrixDelta.IsSame(published.Matrix, recomputed) && published.Digest == recomputed.Digest => null,
            _ => Reproduction.Of(Element(recomputed), Element(published.Matrix)).Difference
                ?? $"digest is {published.Digest}, recomputed {recomputed.Digest}",
        };
        return new(recomputed.Study, published.Version, null, published.Digest, recomputed.Digest, difference is null, difference);
    }

    private static JsonElement Element(ConsensusMatrix matrix) => JsonSerializer.SerializeToElement(matrix, ContractJson.Options);
}
