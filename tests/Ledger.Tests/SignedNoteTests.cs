using System.Text;
using System.Text.Json;
using CsCheck;

namespace AlignmentMesh.Ledger.Tests;

public class SignedNoteTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Root = [.. Enumerable.Range(0, 32).Select(each => (byte)each)];

    private readonly NoteSigner _log = new("mesh.example/study", NoteAlgorithm.Ed25519, Seed(1));
    private readonly NoteSigner _witness = new("witness.example", NoteAlgorithm.CosignatureV1, Seed(2));

    [SkippableFact]
    public void Published_notes_verify_and_their_forgeries_do_not()
    {
        var notes = Vectors.ThirdParty("audit/signed-note-checkpoint.json").GetProperty("notes").EnumerateArray().ToArray();
        Assert.NotEmpty(notes);
        foreach (var each in notes)
            Assert.True(IsSigned(each) == each.GetProperty("valid").GetBoolean(), each.GetProperty("desc").GetString());
    }

    [SkippableFact]
    public void Published_checkpoint_bodies_are_read_as_strictly_as_the_specification_says()
    {
        var cases = Vectors.ThirdParty("audit/signed-note-checkpoint.json").GetProperty("checkpoint_bodies").GetProperty("cases");
        Assert.NotEmpty(cases.EnumerateArray());
        foreach (var each in cases.EnumerateArray())
            Assert.True(
                Reads(each.GetProperty("body").GetString()!) == each.GetProperty("strict_valid").GetBoolean(),
                each.GetProperty("desc").GetString());
    }

    [SkippableFact]
    public void All_checkpoints_of_a_real_log_verify_and_have_the_roots_of_its_entries()
    {
        var log = Vectors.ThirdParty("audit/tessera-testlog.json");
        var key = NoteKey.Parse(log.GetProperty("vkey").GetString()!);
        var entries = log.GetProperty("entries_utf8").EnumerateArray().Select(entry => entry.GetString()!).ToArray();
        var checkpoints = log.GetProperty("checkpoints").EnumerateObject().ToArray();
        Assert.Equal(16, checkpoints.Length);
        foreach (var each in checkpoints)
        {
            var note = SignedNote.Parse(each.Value.GetString()!);
            Assert.True(key.HasSigned(note));
            var checkpoint = Checkpoint.Parse(note.Text);
            Assert.Equal(note.Text, checkpoint.ToString());
            Assert.Equal(each.Value.GetString(), note.ToString());
            Assert.Equal(log.GetProperty("origin").GetString(), checkpoint.Origin);
            var tree = new CompactRange();
            foreach (var entry in entries.Take((int)checkpoint.Size)) tree.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(entry)));
            Assert.Equal(tree.Root(), checkpoint.Root.ToArray());
        }
    }

    [Fact]
    public void A_signed_and_cosigned_checkpoint_is_read_back()
    {
        var note = Cosigned();
        Assert.Equal(note.ToString(), SignedNote.Parse(Encoding.UTF8.GetBytes(note.ToString())).ToString());
        Assert.True(NoteKey.Parse(_log.Key.ToString()).HasSigned(note));
        Assert.Equal(At, NoteKey.Parse(_witness.Key.ToString()).CosignedAt(note));
        Assert.Null(_log.Key.CosignedAt(note));
        Assert.Equal(Root, Checkpoint.Parse(note.Text).Root.ToArray());
    }

    [Fact]
    public void Signing_again_replaces_the_key_s_own_signature_only()
    {
        var note = Cosigned();
        var again = note.With(_witness.Sign(note.Text, At.AddMinutes(1)));
        Assert.Equal(2, again.Signatures.Count);
        Assert.True(_log.Key.HasSigned(again));
        Assert.Equal(At.AddMinutes(1), _witness.Key.CosignedAt(again));
    }

    [Fact]
    public void A_stranger_s_signature_means_nothing_and_a_forged_one_of_a_known_key_refuses_the_note()
    {
        var note = new SignedNote(Text(), []).With(new NoteSigner("stranger", NoteAlgorithm.Ed25519, Seed(3)).Sign(Text(), At));
        Assert.False(_log.Key.HasSigned(note));
        var forged = note.With(new NoteSignature(_log.Key.Name, _log.Key.KeyId, new byte[64]));
        Assert.Throws<FormatException>(() => _log.Key.HasSigned(forged));
    }

    [Fact]
    public void A_cosignature_covers_its_time_and_text() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7]).Sample((at, bit) =>
        {
            var signature = _witness.Sign(Text(), At);
            var bytes = signature.Bytes.ToArray();
            bytes[at] ^= (byte)(1 << bit);
            var note = new SignedNote(Text(), [signature with { Bytes = bytes }]);
            Assert.Throws<FormatException>(() => _witness.Key.HasSigned(note));
            Assert.Throws<FormatException>(() => _witness.Key.HasSigned(new SignedNote(Text() + "x\n", [signature])));
        });

    [Theory]
    [InlineData("name")]
    [InlineData("name+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("na me+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2l")]
    [InlineData("example.com/foo+530d903a+AekyeRrm")]
    public void What_is_no_key_is_refused(string key) => Assert.Throws<FormatException>(() => NoteKey.Parse(key));

    [Fact]
    public void Notes_beyond_the_limits_are_refused()
    {
        Assert.Throws<FormatException>(() => SignedNote.Parse(new byte[SignedNote.MostBytes + 1]));
        Assert.Throws<FormatException>(() => SignedNote.Parse([0xff, (byte)'\n', (byte)'\n']));
        var many = Enumerable.Range(0, SignedNote.MostSignatures + 1).Select(each => new NoteSignature($"k{each}", 1, new byte[1]));
        Assert.Throws<FormatException>(() => SignedNote.Parse(new SignedNote("text\n", [.. many]).ToString()));
    }

    [Fact]
    public void Keys_are_made_of_32_bytes_and_a_name_without_spaces()
    {
        Assert.Throws<ArgumentException>(() => new NoteSigner("a b", NoteAlgorithm.Ed25519, Seed(1)));
        Assert.Throws<ArgumentException>(() => new NoteSigner("a", NoteAlgorithm.Ed25519, new byte[31]));
        Assert.Throws<ArgumentException>(() => _log.Sign("no newline", At));
    }

    private SignedNote Cosigned() => new SignedNote(Text(), []).With(_log.Sign(Text(), At)).With(_witness.Sign(Text(), At));

    private static string Text() => new Checkpoint("mesh.example/study", 12, Root, []).ToString();

    private static byte[] Seed(byte first) => [first, .. new byte[31]];

    private static bool IsSigned(JsonElement each)
    {
        try
        {
            return NoteKey.Parse(each.GetProperty("vkey").GetString()!).HasSigned(SignedNote.Parse(each.GetProperty("note").GetString()!));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool Reads(string body)
    {
        try
        {
            Checkpoint.Parse(body);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
