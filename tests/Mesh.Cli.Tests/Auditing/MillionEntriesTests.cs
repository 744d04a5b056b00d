using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Service.Tests;
using AlignmentMesh.Mesh.Cli.Auditing;
using Xunit.Abstractions;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary>A bundle of a million entries, written and verified without ever holding it.</summary>
public sealed class MillionEntriesTests(ITestOutputHelper output) : IDisposable
{
    private const int Entries = 1_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly CompactRange _range = new();
    private readonly Dictionary<string, long> _streams = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_million_entries_are_verified_in_one_pass()
    {
        var path = Path.Combine(_folder, "million.zip");
        using (var bundle = new BundleWriter(path))
        {
            await bundle.AddLinesAsync(BundleFormat.Entries, EntriesAsync(), default);
            await bundle.AddAsync(BundleFormat.Methods, JsonSerializer.SerializeToUtf8Bytes(MethodCard.Own, ContractJson.Options), default);
            foreach (var empty in BundleFormat.Required.Except([BundleFormat.Entries, BundleFormat.Methods, BundleFormat.Manifest]))
                await bundle.AddAsync(empty, default, default);
            await bundle.CompleteAsync("million", Entries, Convert.ToHexStringLower(_range.Root()), default);
        }

        var started = Stopwatch.GetTimestamp();
        var ran = await Mesh.RunAsync("audit", "verify", path);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Assert.True(ran.Code == 0, ran.Out + ran.Error);
        Assert.Contains("1000000 in order, 1000000 opened as committed to, 0 sealed", ran.Out);
        started = Stopwatch.GetTimestamp();
        using (var archive = System.IO.Compression.ZipFile.OpenRead(path))
        using (var entries = archive.GetEntry(BundleFormat.Entries)!.Open())
            await SHA256.HashDataAsync(entries);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{new FileInfo(path).Length} bytes verified in {seconds:0.0} s; decompressed and hashed alone in "
            + $"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
    }

    private async IAsyncEnumerable<LedgerEntry> EntriesAsync()
    {
        await Task.CompletedTask;
        yield return Entry(0, new StudyOpened("million", "A study", "owner", StudyLedger.Catalogue), "study/million");
        yield return Entry(1, new RoundOpened(1, "open"), "study/million");
        for (var index = 2; index < Entries; index++)
        {
            var item = new RatedItem(
                index % 2 == 0 ? "RLHF" : "Debate", index % 4 < 2 ? "COLL" : "AL-GEN", Best: Decimals.Format(index * 37 % 99 / 100m));
            yield return Entry(
                index, new RatingsSubmitted(1, false, "human", [item]), $"assessment/million/org-{index % 50}/r-{index % 7}",
                $"org-{index % 50}", $"r-{index % 7}");
        }
    }

    private LedgerEntry Entry(int index, object @event, string stream, string? organisation = null, string? rater = null)
    {
        var at = Timestamps.Format(StudyLedger.SequencedAt(index));
        var version = _streams[stream] = _streams.GetValueOrDefault(stream) + 1;
        var envelope = new Envelope(
            "million", stream, version, LedgerEventNames.Of(@event.GetType()), LedgerEventNames.Schema, organisation, rater, 1, at,
            JsonSerializer.SerializeToElement(@event, @event.GetType(), ContractJson.Options)).ToBytes();
        var salt = SHA256.HashData(BitConverter.GetBytes(index));
        var id = new Guid(index + 1, 0, 0, new byte[8]);
        var leaf = new Leaf(id, Convert.ToHexStringLower(Commitment.Of(salt, envelope)), at).ToBytes();
        _range.Append(Merkle.LeafHash(leaf));
        return new LedgerEntry(
            index, Encoding.UTF8.GetString(leaf), new LedgerOpening(index, Convert.ToBase64String(salt), Encoding.UTF8.GetString(envelope)),
            null);
    }
}
