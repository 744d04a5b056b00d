using System.Net;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Tests;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class KeepingCheckpointsTests(IntakeMesh mesh)
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 9, 30, 0, TimeSpan.Zero);

    private MeshClient Reader => mesh.As("", "");

    [Fact]
    public async Task What_the_signer_signed_is_kept_and_served_as_it_was_signed_with_a_tag_and_a_cache_time()
    {
        var study = await StudyAsync();
        var (second, third) = (await SignAsync(study, 2), await SignAsync(study, 3));
        foreach (var note in new[] { second, third, third }) Assert.Equal(note, await KeptAsync(study, note));
        using var newest = await Reader.RawAsync($"ledger/{study}/checkpoint");
        using var earlier = await Reader.RawAsync($"ledger/{study}/checkpoint?size=2");
        Assert.Equal((third, "text/plain"), (await newest.Content.ReadAsStringAsync(), newest.Content.Headers.ContentType!.MediaType));
        Assert.Equal(second, await earlier.Content.ReadAsStringAsync());
        Assert.Equal("public, max-age=1", newest.Headers.CacheControl!.ToString());
        Assert.Equal("public, max-age=3600", earlier.Headers.CacheControl!.ToString());
        using var http = new HttpClient { BaseAddress = mesh.Address };
        http.DefaultRequestHeaders.IfNoneMatch.Add(newest.Headers.ETag!);
        using var again = await http.GetAsync($"/api/v1/ledger/{study}/checkpoint");
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        var list = await Reader.GetAsync<CheckpointList>($"ledger/{study}/checkpoints");
        Assert.Equal([(1, 2L), (1, 3L)], list.Checkpoints.Select(kept => (kept.Epoch, kept.Size)));
    }

    [Fact]
    public async Task The_published_keys_verify_the_checkpoint_and_its_cosignature()
    {
        var study = await StudyAsync();
        await KeptAsync(study, await SignAsync(study, 3));
        var note = SignedNote.Parse(await TextAsync($"ledger/{study}/checkpoint"));
        await KeptAsync(study, note.With(IntakeMesh.Witness.Sign(note.Text, Now)).ToString());
        var keys = await Reader.GetAsync<LedgerKeys>($"ledger/{study}/keys");
        var cosigned = SignedNote.Parse(await TextAsync($"ledger/{study}/checkpoint?size=3"));
        Assert.True(NoteKey.Parse(keys.Checkpoint).HasSigned(cosigned));
        Assert.Equal(Now, NoteKey.Parse(Assert.Single(keys.Witnesses)).CosignedAt(cosigned));
        Assert.Equal(($"alignmentmesh/{study}", 0), (Checkpoint.Parse(cosigned.Text).Origin, keys.Earlier.Count));
        var list = await Reader.GetAsync<CheckpointList>($"ledger/{study}/checkpoints?after=2");
        Assert.Equal(["witness.example"], Assert.Single(list.Checkpoints).Witnesses);
    }

    [Fact]
    public async Task Signatures_of_strangers_are_left_out_and_do_no_harm()
    {
        var study = await StudyAsync();
        var note = SignedNote.Parse(await SignAsync(study, 3));
        var stranger = new NoteSigner("stranger", NoteAlgorithm.CosignatureV1, Enumerable.Repeat((byte)7, 32).ToArray());
        Assert.Equal(note.ToString(), await KeptAsync(study, note.With(stranger.Sign(note.Text, Now)).ToString()));
    }

    [Theory]
    [InlineData("another key", "No signature of")]
    [InlineData("another study", "Its origin is")]
    [InlineData("another root", "Its root is not that")]
    [InlineData("too large", "the ledger has 3")]
    [InlineData("a bit flipped", "not by its key")]
    [InlineData("a forged cosignature", "not by its key")]
    [InlineData("not a checkpoint", "A checkpoint has the lines")]
    public async Task Whatever_the_signer_did_not_sign_of_this_ledger_is_not_kept(string what, string why)
    {
        var study = await StudyAsync();
        var (note, root) = (SignedNote.Parse(await SignAsync(study, 3)), new byte[32]);
        var bad = what switch
        {
            "another key" => Sign(new Checkpoint(Origin(study), 3, Checkpoint.Parse(note.Text).Root, []).ToString(), study, new byte[32]),
            "another study" => Sign(new Checkpoint(Origin("other"), 3, root, []).ToString(), "other", Seed),
            "another root" => Sign(new Checkpoint(Origin(study), 3, root, []).ToString(), study, Seed),
            "too large" => Sign(new Checkpoint(Origin(study), 4, root, []).ToString(), study, Seed),
            "not a checkpoint" => Sign("hello\n", study, Seed),
            "a bit flipped" => note.ToString().Replace("\n3\n", "\n2\n", StringComparison.Ordinal),
            _ => note.With(IntakeMesh.Witness.Sign("other\n", Now)).ToString(),
        };
        using var answer = await PostAsync(study, bad);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var none = await Reader.RawAsync($"ledger/{study}/checkpoint");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task What_is_no_note_is_refused()
    {
        using var answer = await PostAsync(await StudyAsync(), "no note");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_second_tree_signed_by_the_signers_own_key_is_refused_and_called_a_fork()
    {
        var study = await StudyAsync();
        await KeptAsync(study, await SignAsync(study, 3));
        using var answer = await PostAsync(study, Sign(new Checkpoint(Origin(study), 3, new byte[32], []).ToString(), study, Seed));
        Assert.Contains("forked", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private byte[] Seed => Ed25519Pem.Seed(File.ReadAllText(mesh.Mesh.Keys.CheckpointPrivateFile));

    private async Task<string> StudyAsync()
    {
        var study = await mesh.StudyAsync();
        await Reader.WaitForSizeAsync(study, 3);
        return study;
    }

    private async Task<string> SignAsync(string study, long size)
    {
        var root = Convert.FromHexString((await Reader.GetAsync<TreeHead>($"ledger/{study}?size={size}")).Root);
        return Sign(new Checkpoint(Origin(study), size, root, []).ToString(), study, Seed);
    }

    private static string Sign(string text, string study, byte[] seed) =>
        new SignedNote(text, [new NoteSigner(Origin(study), NoteAlgorithm.Ed25519, seed).Sign(text, default)]).ToString();

    private static string Origin(string study) => Checkpoint.OriginOf("alignmentmesh", study, 1);

    private Task<HttpResponseMessage> PostAsync(string study, string note) =>
        Reader.PostAsync($"ledger/{study}/checkpoint", new StringContent(note, Encoding.UTF8, "text/plain"));

    private async Task<string> KeptAsync(string study, string note)
    {
        using var answer = await PostAsync(study, note);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<string> TextAsync(string path)
    {
        using var answer = await Reader.RawAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }
}
