namespace AlignmentMesh.Ledger.Tests;

public class WitnessPolicyTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);
    private static readonly NoteSigner Log = Signer("mesh.example/study", NoteAlgorithm.Ed25519, 1);
    private static readonly NoteSigner[] Witnesses =
        [.. Enumerable.Range(0, 6).Select(at => Signer($"w{at}.example", NoteAlgorithm.CosignatureV1, (byte)(10 + at)))];

    private static readonly string Defined =
        $"# Who must have seen it.\nlog {Log.Key} https://mesh.example/\n\n"
        + string.Concat(Witnesses.Select((witness, at) => $"\twitness W{at}  {witness.Key}\n"))
        + "group X 2 W0 W1 W2\ngroup Y any W3 W4\ngroup both all X Y\n";

    [Theory]
    [InlineData("quorum none", "", true)]
    [InlineData("quorum W5", "", false)]
    [InlineData("quorum W5", "5", true)]
    [InlineData("quorum X", "0", false)]
    [InlineData("quorum X", "02", true)]
    [InlineData("quorum both", "012", false)]
    [InlineData("quorum both", "124", true)]
    public void A_quorum_is_had_by_those_who_cosigned(string quorum, string cosigned, bool has)
    {
        var policy = WitnessPolicy.Parse(Defined + quorum + "\n");
        var found = policy.Check(Note([.. cosigned.Select(each => Witnesses[each - '0'])]));
        Assert.Equal(has, found.HasQuorum);
        Assert.Equal(Log.Key.KeyId, found.Log?.KeyId);
        Assert.Equal(cosigned.Select(each => $"W{each}"), found.Witnesses);
        Assert.Equal(quorum != "quorum none", policy.NeedsWitnesses);
    }

    [Fact]
    public void A_stranger_counts_neither_as_the_log_nor_as_a_witness()
    {
        var policy = WitnessPolicy.Parse(Defined + "quorum X\n");
        var stranger = Signer(Log.Key.Name, NoteAlgorithm.Ed25519, 77);
        var text = new Checkpoint(Log.Key.Name, 3, new byte[32], []).ToString();
        var note = new SignedNote(text, [stranger.Sign(text, At), Signer("W0", NoteAlgorithm.CosignatureV1, 78).Sign(text, At)]);
        var found = policy.Check(note);
        Assert.Equal((null, false), (found.Log, found.HasQuorum));
        Assert.Empty(found.Witnesses);
    }

    [Fact]
    public void A_forged_signature_of_a_known_key_makes_the_note_unusable()
    {
        var policy = WitnessPolicy.Parse(Defined + "quorum none\n");
        var note = Note([Witnesses[0]]);
        Assert.Throws<FormatException>(() => policy.Check(note with { Text = note.Text.Replace("\n3\n", "\n4\n") }));
    }

    [Theory]
    [InlineData("", "no line 'quorum'")]
    [InlineData("quorum W9\n", "'W9' is not defined above")]
    [InlineData("quorum none\nquorum none\n", "is no log, witness, group, or the one quorum")]
    [InlineData("group Z 3 W5 both\nquorum Z\n", "'3' is not any, all, or a number from 1 to 2")]
    [InlineData("group Z 0 W5\nquorum Z\n", "'0' is not")]
    [InlineData("group Z any none\nquorum Z\n", "'none' is not defined")]
    [InlineData("group Z any W0\nquorum Z\n", "'W0' is a member twice")]
    [InlineData("group W0 any W5\nquorum W0\n", "the name 'W0' is taken")]
    [InlineData("group none any W5\nquorum none\n", "the name 'none' is taken")]
    [InlineData("witness V vkey\nquorum V\n", "not name+id+base64")]
    [InlineData("group Z any\nquorum Z\n", "is no log")]
    [InlineData("quorum none\r\n", "control characters")]
    public void What_is_no_policy_is_refused_by_name(string rest, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => WitnessPolicy.Parse(Defined + rest)).Message);

    [Fact]
    public void A_key_of_the_wrong_type_or_twice_is_refused()
    {
        Assert.Contains("not of type 1", Refused($"log {Witnesses[0].Key}\n"));
        Assert.Contains("not of type 4", Refused($"witness W {Log.Key}\n"));
        var renamed = new NoteKey("other", NoteAlgorithm.Ed25519, Log.Key.PublicKey);
        Assert.Contains("there twice", Refused($"log {Log.Key}\nlog {renamed}\n"));
    }

    [Fact]
    public void A_private_key_is_read_back_and_no_other_text_is_one()
    {
        var text = Witnesses[0].ToSecretText();
        Assert.Equal(Witnesses[0].Key.ToString(), NoteSigner.Parse(text).Key.ToString());
        Assert.StartsWith("PRIVATE+KEY+w0.example+", text);
        Assert.Throws<FormatException>(() => NoteSigner.Parse(Witnesses[0].Key.ToString()));
        Assert.Throws<FormatException>(() => NoteSigner.Parse(text.Replace("w0", "w1")));
        Assert.Throws<FormatException>(() => NoteSigner.Parse(text[..^4]));
    }

    private static string Refused(string policy) =>
        Assert.Throws<FormatException>(() => WitnessPolicy.Parse(policy + "quorum none\n")).Message;

    private static SignedNote Note(params IEnumerable<NoteSigner> witnesses)
    {
        var text = new Checkpoint(Log.Key.Name, 3, new byte[32], []).ToString();
        return new SignedNote(text, [Log.Sign(text, At), .. witnesses.Select(witness => witness.Sign(text, At))]);
    }

    private static NoteSigner Signer(string name, NoteAlgorithm algorithm, byte seed) =>
        new(name, algorithm, [.. Enumerable.Repeat(seed, 32)]);
}
