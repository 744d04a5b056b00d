using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary><c>mesh audit replay, explain, sample, receipt</c>: against a mesh that may lie.</summary>
public sealed class AskingTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private FakeMesh _mesh = null!;

    public async Task InitializeAsync()
    {
        _mesh = await FakeMesh.StartAsync();
        _mesh.Ledger.RatedBy(20);
        _mesh.Ledger.Append(new RoundClosed(1));
        _mesh.Published.UnionWith([4L, 9, 17]);
    }

    public async Task DisposeAsync()
    {
        await _mesh.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_replay_reproduces_every_published_version_or_the_one_that_is_asked_for()
    {
        var all = await _mesh.RunAsync("audit", "replay", "audited");
        Assert.True(all.Code == 0, all.Out + all.Error);
        Assert.Contains("4 versions reproduced, all to the last bit", all.Out);
        Assert.Contains("8 stored reports reproduced, all to the last bit", all.Out);
        Assert.Contains("VERIFIED, UNSIGNED AND UNWITNESSED", all.Out);
        var unpublished = await _mesh.RunAsync("audit", "replay", "audited", "--version", "12", "--json");
        Assert.Equal((0, 12), (unpublished.Code, unpublished.Json.GetProperty("size").GetInt64()));
        Assert.Equal(24, (await _mesh.RunAsync(
            "audit", "replay", "audited", "--round", "1", "--json")).Json.GetProperty("size").GetInt64());
        Assert.Equal(5, (await _mesh.RunAsync(
            "audit", "replay", "audited", "--time", "2026-03-01T09:00:04Z", "--json")).Json.GetProperty("size").GetInt64());
        Assert.Equal(64, (await _mesh.RunAsync("audit", "replay", "audited", "--round", "1", "--version", "4")).Code);
    }

    [Fact]
    public async Task A_published_number_that_does_not_follow_is_named_by_a_replay()
    {
        _mesh.Tamper = (path, answer) => path.Contains("matrix/versions", StringComparison.Ordinal)
            ? answer.Replace(_mesh.Matrix(9).Digest!, new string('0', 64), StringComparison.Ordinal) : answer;
        var digest = await _mesh.RunAsync("audit", "replay", "audited");
        Assert.Equal(1, digest.Code);
        Assert.Contains("NOT VERIFIED: version 9: its numbers have the digest", digest.Out);
        _mesh.Tamper = (path, answer) => path.EndsWith("versions/25", StringComparison.Ordinal)
            ? new Regex("\"mean\":0\\.\\d+").Replace(answer, "\"mean\":0.123", 1) : answer;
        var number = await _mesh.RunAsync("audit", "replay", "audited");
        Assert.Matches(@"NOT VERIFIED: version 25: lenses\.[a-z0-9-]+\[\d\]\.mean is 0\.123, recomputed 0\.", number.Out);
        _mesh.Tamper = (path, answer) => path.Contains("risk?", StringComparison.Ordinal)
            ? new Regex("\"joint\":0\\.\\d+").Replace(answer, "\"joint\":0.5", 1) : answer;
        Assert.Contains("NOT VERIFIED: report of version 25 under crisp", (await _mesh.RunAsync("audit", "replay", "audited")).Out);
    }

    [Fact]
    public async Task Entries_that_are_not_those_of_the_signed_root_are_refused()
    {
        _mesh.Signer = FakeMesh.Key(1);
        var policy = Written("policy", $"log {_mesh.Signer.Key}\nquorum none\n");
        Assert.Contains("VERIFIED, UNWITNESSED", (await _mesh.RunAsync("audit", "replay", "audited", "--policy", policy)).Out);
        var stranger = Written("stranger", $"log {FakeMesh.Key(5).Key}\nquorum none\n");
        var unknown = await _mesh.RunAsync("audit", "replay", "audited", "--policy", stranger);
        Assert.Contains("is not signed by a log of the policy", unknown.Error);
        var fork = SignedNote.Parse(_mesh.Note(20).ToString().Replace("\n20\n", "\n25\n", StringComparison.Ordinal));
        var signed = new SignedNote(fork.Text, [_mesh.Signer.Sign(fork.Text, DateTimeOffset.UnixEpoch)]).ToString();
        _mesh.Tamper = (path, answer) => path.Contains("/checkpoint", StringComparison.Ordinal) ? signed : answer;
        var forked = await _mesh.RunAsync("audit", "replay", "audited", "--policy", policy);
        Assert.Equal(1, forked.Code);
        Assert.Contains("the checkpoint at 25 has", forked.Error);
    }

    [Fact]
    public async Task A_cell_is_explained_by_its_entries_with_shares_influence_and_proofs()
    {
        var ran = await _mesh.RunAsync("audit", "explain", "audited", "RLHF", "COLL", "--json");
        Assert.True(ran.Code == 0, ran.Error);
        var entries = ran.Json.GetProperty("entries").EnumerateArray().ToArray();
        Assert.True(ran.Json.GetProperty("toTheBit").GetBoolean());
        Assert.NotEmpty(entries);
        foreach (var organisation in entries.GroupBy(one => one.GetProperty("rating").GetProperty("organisation").GetString()))
            Assert.Equal(1, organisation.Sum(one => one.GetProperty("share").GetDouble()), 12);
        foreach (var one in entries)
            Assert.True(MerkleProof.VerifyInclusion(
                Convert.FromHexString(one.GetProperty("leafHash").GetString()!),
                one.GetProperty("rating").GetProperty("ledgerIndex").GetInt64(), 25,
                [.. one.GetProperty("proof").EnumerateArray().Select(hash => Convert.FromHexString(hash.GetString()!))],
                Convert.FromHexString(ran.Json.GetProperty("root").GetString()!)));
        var table = await _mesh.RunAsync("audit", "explain", "audited", "RLHF", "COLL");
        Assert.Contains("equal to what is published, to the last bit", table.Out);
        _mesh.Tamper = (path, answer) => path.Contains("matrix/versions/", StringComparison.Ordinal)
            ? new Regex("\"mean\":0\\.\\d+").Replace(answer, "\"mean\":0.123") : answer;
        Assert.Contains("mean is 0.123", (await _mesh.RunAsync("audit", "explain", "audited", "RLHF", "COLL")).Error);
        Assert.Contains("has no cell 'RLHF' x 'X'", (await _mesh.RunAsync("audit", "explain", "audited", "RLHF", "X")).Error);
    }

    [Fact]
    public async Task A_sample_can_be_drawn_again_by_anybody_and_bears_its_proofs()
    {
        var sample = await _mesh.RunAsync("audit", "sample", "audited", "--seed", "a", "--count", "5", "--format", "json");
        Assert.True(sample.Code == 0, sample.Error);
        var again = await _mesh.RunAsync("audit", "sample", "audited", "--seed", "a", "--count", "5", "--format", "json");
        Assert.Equal(sample.Out, again.Out);
        var root = Convert.FromHexString(sample.Json.GetProperty("root").GetString()!);
        var drawn = sample.Json.GetProperty("entries").EnumerateArray().ToArray();
        Assert.Equal(LedgerSample.Draw(root, "a", 25, 5), drawn.Select(one => one.GetProperty("index").GetInt64()));
        foreach (var one in drawn)
            Assert.True(MerkleProof.VerifyInclusion(
                Convert.FromHexString(one.GetProperty("leafHash").GetString()!), one.GetProperty("index").GetInt64(), 25,
                [.. one.GetProperty("proof").EnumerateArray().Select(hash => Convert.FromHexString(hash.GetString()!))], root));
        var csv = await _mesh.RunAsync("audit", "sample", "audited", "--seed", "b", "--count", "100", "--format", "csv");
        Assert.Equal(26, csv.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("draw,index,event,type", csv.Out);
        Assert.Contains("Drawn with seed 'b'", csv.Error);
        Assert.Equal(64, (await _mesh.RunAsync("audit", "sample", "audited", "--seed", "b", "--count", "0")).Code);
    }

    [Fact]
    public async Task A_kept_receipt_finds_its_rating_and_a_lost_or_changed_one_is_told()
    {
        var leaf = Leaf.Parse(Encoding.UTF8.GetBytes(_mesh.Ledger.All()[7].Leaf));
        var receipt = new RatingsReceipt("audited", "lab-a", "r", 1, leaf.EventId, leaf.Commitment, 1, 1);
        var file = Written("receipt", JsonSerializer.Serialize(receipt, ContractJson.Options));
        var unsigned = await _mesh.RunAsync("audit", "receipt", file);
        Assert.True(unsigned.Code == 0, unsigned.Error);
        Assert.Contains("Your rating is entry 7 of audited", unsigned.Out);
        Assert.Contains("The root is unsigned", unsigned.Out);
        _mesh.Signer = FakeMesh.Key(1);
        var policy = Written("policy", $"log {_mesh.Signer.Key}\nquorum none\n");
        var signed = await _mesh.RunAsync("audit", "receipt", file, "--policy", policy, "--json");
        Assert.True(signed.Json.GetProperty("signed").GetBoolean());

        // With the stolen key the operator can sign whatever ledger; what was promised is missing from it all the same.
        await using var fork = await FakeMesh.StartAsync();
        fork.Signer = _mesh.Signer;
        fork.Ledger.Append(new RoundClosed(1));
        var lost = await fork.RunAsync("audit", "receipt", file, "--policy", policy);
        Assert.Equal(1, lost.Code);
        Assert.Contains("is not in the ledger of 'audited'", lost.Error);
        var changed = Written("changed", JsonSerializer.Serialize(receipt with { Commitment = new string('0', 64) }, ContractJson.Options));
        Assert.Contains("The receipt is not kept: the entry commits to", (await _mesh.RunAsync("audit", "receipt", changed)).Error);
        var empty = Written("empty", JsonSerializer.Serialize(receipt with { EventId = null }, ContractJson.Options));
        Assert.Equal(65, (await _mesh.RunAsync("audit", "receipt", empty)).Code);
        _mesh.Tamper = (path, answer) => path.Contains("inclusion", StringComparison.Ordinal)
            ? new Regex("\"hashes\":\\[\"[0-9a-f]{4}").Replace(answer, "\"hashes\":[\"0000") : answer;
        Assert.Contains("the inclusion proof does not hold", (await _mesh.RunAsync("audit", "receipt", file)).Error);
    }

    [Fact]
    public async Task A_promise_is_checked_by_the_key_that_made_it()
    {
        var leaf = Leaf.Parse(Encoding.UTF8.GetBytes(_mesh.Ledger.All()[7].Leaf));
        var signer = FakeMesh.Key(4, name: "mesh.example/receipts");
        var text = new Receipt(
            FakeMesh.Log, "2026-03-01T09:00:06.000000Z", 10, 1, Receipt.LeafHash("audited", leaf.EventId, leaf.Commitment)).ToString();
        var note = new SignedNote(text, [signer.Sign(text, DateTimeOffset.UnixEpoch)]).ToString();
        var receipt = new RatingsReceipt(
            "audited", "lab-a", "r", 1, leaf.EventId, leaf.Commitment, 1, 1, new ReceiptPromise(note, 0, []));
        var file = Written("receipt", JsonSerializer.Serialize(receipt, ContractJson.Options));
        var kept = await _mesh.RunAsync("audit", "receipt", file, "--key", signer.Key.ToString());
        Assert.True(kept.Code == 0, kept.Error);
        Assert.Contains("Promised by mesh.example at 2026-03-01T09:00:06.000000Z, within 10 s.", kept.Error);
        var stranger = await _mesh.RunAsync("audit", "receipt", file, "--key", FakeMesh.Key(5).Key.ToString());
        Assert.Equal(1, stranger.Code);
        Assert.Contains("The promise does not hold", stranger.Error);
        var bare = Written("bare", JsonSerializer.Serialize(receipt with { Promise = null }, ContractJson.Options));
        Assert.Equal(65, (await _mesh.RunAsync("audit", "receipt", bare, "--key", signer.Key.ToString())).Code);
    }

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
