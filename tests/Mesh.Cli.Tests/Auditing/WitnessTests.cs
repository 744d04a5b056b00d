using System.Security.Cryptography;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary><c>mesh witness</c>: it cosigns what extends what it saw, and nothing else.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly NoteSigner _log = FakeMesh.Key(1);
    private readonly ProofTree _tree = Tree("honest", 40);

    private string State => Path.Combine(_folder, "state");

    private string KeyFile => Path.Combine(_folder, "key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_log_that_grows_is_cosigned_again_and_again()
    {
        var witness = await KeyAsync();
        var first = await CosignAsync(_tree, 10, null, "--log", _log.Key.ToString());
        Assert.True(first.Code == 0, first.Error);
        var note = SignedNote.Parse(first.Out);
        Assert.NotNull(witness.CosignedAt(note));
        Assert.True(_log.Key.HasSigned(note));
        Assert.Equal(0, (await CosignAsync(_tree, 10, null)).Code);
        var later = await CosignAsync(_tree, 33, Proof(_tree, 10, 33));
        Assert.True(later.Code == 0, later.Error);
        Assert.NotNull(witness.CosignedAt(SignedNote.Parse(later.Out)));
        Assert.Equal(2, (await File.ReadAllLinesAsync(State)).Length);
    }

    [Fact]
    public async Task A_fork_a_cut_a_bad_proof_and_a_stranger_are_refused_and_change_nothing()
    {
        await KeyAsync();
        Assert.Equal(0, (await CosignAsync(_tree, 10, null, "--log", _log.Key.ToString())).Code);
        var before = await File.ReadAllBytesAsync(State);
        var fork = Tree("fork", 40);
        Refused(await CosignAsync(fork, 10, null), "the log was forked");
        Refused(await CosignAsync(fork, 20, Proof(fork, 10, 20)), "does not show that it extends what was cosigned at 10");
        Refused(await CosignAsync(_tree, 9, null), "the log was cut off or restored");
        Refused(await CosignAsync(_tree, 20, null), "so a proof from there is needed");
        Refused(await CosignAsync(_tree, 20, Proof(_tree, 9, 20)), "the proof is from 9 to 20, needed is 10 to 20");
        Refused(await CosignAsync(_tree, 20, Proof(_tree, 10, 20) with { Hashes = [] }), "does not show that it extends");
        Refused(await CosignAsync(_tree, 10, null, "--log", FakeMesh.Key(7).Key.ToString()), "the state's key of this log is");
        Refused(await CosignAsync(_tree, 10, null, FakeMesh.Key(7)), "it is not signed by");
        Refused(
            await CosignAsync(_tree, 10, null, FakeMesh.Key(1, name: "other.example/audited")), "is not known yet");
        Assert.Equal(before, await File.ReadAllBytesAsync(State));
    }

    [Fact]
    public async Task A_state_line_that_was_cut_off_by_a_crash_is_passed_over_and_a_damaged_state_is_not()
    {
        await KeyAsync();
        Assert.Equal(0, (await CosignAsync(_tree, 10, null, "--log", _log.Key.ToString())).Code);
        await File.AppendAllTextAsync(State, """{"origin":"mesh.example/audited","log""");
        Assert.Equal(0, (await CosignAsync(_tree, 12, Proof(_tree, 10, 12))).Code);
        Assert.Equal(2, (await File.ReadAllLinesAsync(State)).Length);
        await File.AppendAllTextAsync(State, "no json\n");
        var damaged = await CosignAsync(_tree, 12, null);
        Assert.Equal(65, damaged.Code);
        Assert.Contains("would cosign a fork", damaged.Error);
    }

    [Fact]
    public async Task While_another_process_holds_the_state_nothing_is_cosigned()
    {
        await KeyAsync();
        await using var held = new FileStream(State, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(75, (await CosignAsync(_tree, 10, null, "--log", _log.Key.ToString())).Code);
    }

    [Fact]
    public async Task A_key_is_its_owners_alone_and_never_replaced()
    {
        await KeyAsync();
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Equal(64, (await Mesh.RunAsync("witness", "key", "w.example", "-o", KeyFile)).Code);
        Assert.Equal(64, (await Mesh.RunAsync("witness", "key", "a b", "-o", KeyFile + "2")).Code);
        await File.WriteAllTextAsync(KeyFile, FakeMesh.Key(3).ToSecretText());
        Assert.Equal(65, (await CosignAsync(_tree, 10, null)).Code);
    }

    private async Task<NoteKey> KeyAsync()
    {
        var ran = await Mesh.RunAsync("witness", "key", "w.example", "-o", KeyFile);
        Assert.True(ran.Code == 0, ran.Error);
        return NoteKey.Parse(ran.Out.Trim());
    }

    private async Task<Ran> CosignAsync(ProofTree tree, long size, ConsistencyProof? proof, params string[] more) =>
        await CosignAsync(tree, size, proof, _log, more);

    private async Task<Ran> CosignAsync(
        ProofTree tree, long size, ConsistencyProof? proof, NoteSigner signer, params string[] more)
    {
        var text = new Checkpoint(signer.Key.Name, size, tree.Root(size), []).ToString();
        var note = new SignedNote(text, [signer.Sign(text, DateTimeOffset.UnixEpoch)]).ToString();
        var file = Path.Combine(_folder, "proof");
        if (proof is not null) await File.WriteAllTextAsync(file, JsonSerializer.Serialize(proof, ContractJson.Options));
        string[] given = proof is null ? more : ["--proof", file, .. more];
        return await Mesh.PipeAsync(note, ["witness", "cosign", "-", "--state", State, "--key", KeyFile, .. given]);
    }

    private static void Refused(Ran ran, string reason)
    {
        Assert.Equal(1, ran.Code);
        Assert.Contains(reason, ran.Error);
        Assert.Empty(ran.Out);
    }

    private static ConsistencyProof Proof(ProofTree tree, long from, long to) => new(
        "audited", from, to, Hex(tree.Root(from)), Hex(tree.Root(to)), [.. tree.Consistency(from, to).Select(Hex)]);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static ProofTree Tree(string name, int size)
    {
        var tree = new ProofTree();
        for (var leaf = 0; leaf < size; leaf++)
            tree.Append(SHA256.HashData([.. System.Text.Encoding.UTF8.GetBytes(leaf < 5 ? "" : name), (byte)leaf]));
        return tree;
    }
}
