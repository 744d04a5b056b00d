using System.Text;
using System.Text.Json;
using CsCheck;

namespace AlignmentMesh.Ledger.Tests;

public class EntryTests
{
    private const string EnvelopeText =
        """{"data":{"round":1},"organisation":"acme","rater":null,"recordedAt":"2026-03-01T09:30:00.000000Z","round":1,"schema":"""
        + """1,"stream":"study/s","study":"s","type":"round-closed","version":7}""";

    private const string Hex = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private const string LeafText =
        $$"""{"c":"{{Hex}}","id":"0197a1b2-0000-7000-8000-00000000000a","t":"2026-03-01T09:30:00.000000Z","v":1}""";

    private static readonly Envelope Sample = new(
        "s", "study/s", 7, "round-closed", 1, "acme", null, 1, "2026-03-01T09:30:00.000000Z",
        JsonSerializer.SerializeToElement(new { round = 1 }));

    [Fact]
    public void An_envelope_is_written_with_exactly_its_ten_keys_and_nulls_as_null() =>
        Assert.Equal(EnvelopeText, Encoding.UTF8.GetString(Sample.ToBytes()));

    [Fact]
    public void An_envelope_reads_back_to_the_same_bytes()
    {
        var read = Envelope.Parse(Encoding.UTF8.GetBytes(EnvelopeText));
        Assert.Equal(Sample with { Data = read.Data }, read);
        Assert.Equal(EnvelopeText, Encoding.UTF8.GetString(read.ToBytes()));
    }

    [Theory]
    [InlineData("\"version\":7", "\"version\":7,\"x\":1")]
    [InlineData(",\"version\":7", "")]
    [InlineData("\"rater\":null,", "")]
    [InlineData("\"rater\":null", "\"rater\":3")]
    [InlineData("\"version\":7", "\"version\":7.0")]
    [InlineData("\"version\":7", "\"version\":\"7\"")]
    [InlineData("\"study\":\"s\"", "\"study\":null")]
    [InlineData("\"study\":\"s\"", "\"Study\":\"s\"")]
    [InlineData("\"study\":\"s\"", "\"study\":\"s\",\"study\":\"s\"")]
    [InlineData("\"study\":\"s\"", "\"study\":\"\\u0073\"")]
    [InlineData("\"stream\":\"study/s\",\"study\":\"s\"", "\"study\":\"s\",\"stream\":\"study/s\"")]
    [InlineData("{\"round\":1}", "{\"round\":1,\"round\":2}")]
    [InlineData("{\"round\":1}", "null")]
    [InlineData("{\"round\":1}", "[1]")]
    [InlineData("00.000000Z", "00Z")]
    [InlineData("\"version\":7}", "\"version\":7} ")]
    [InlineData("\"version\":7}", "\"version\":7")]
    public void An_envelope_in_any_other_form_is_refused(string part, string forged) =>
        Assert.Throws<FormatException>(() => Envelope.Parse(Encoding.UTF8.GetBytes(Forge(EnvelopeText, part, forged))));

    [Fact]
    public void A_leaf_is_written_as_canonical_JSON_and_reads_back_as_itself()
    {
        var leaf = new Leaf(new Guid("0197a1b2-0000-7000-8000-00000000000a"), Hex, "2026-03-01T09:30:00.000000Z");
        Assert.Equal(LeafText, Encoding.UTF8.GetString(leaf.ToBytes()));
        Assert.Equal(leaf, Leaf.Parse(leaf.ToBytes()));
        Assert.Equal(leaf.ToBytes(), CanonicalJson.Canonicalise(leaf.ToBytes()));
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"v\":1", "\"v\":1,\"x\":0")]
    [InlineData(",\"v\":1", "")]
    [InlineData("00112233445566778899aabbccddeeff\"", "00112233445566778899AABBCCDDEEFF\"")]
    [InlineData("00112233445566778899aabbccddeeff\"", "00112233\"")]
    [InlineData("00000000000a", "00000000000A")]
    [InlineData("0197a1b2-", "{0197a1b2-")]
    [InlineData("T09:30", " 09:30")]
    [InlineData("{\"c\"", "{ \"c\"")]
    [InlineData("{\"c\":", "{\"v\":1,\"c\":")]
    [InlineData("\"v\":1}", "\"v\":1}\n")]
    public void A_leaf_in_any_other_form_is_refused(string part, string forged) =>
        Assert.Throws<FormatException>(() => Leaf.Parse(Encoding.UTF8.GetBytes(Forge(LeafText, part, forged))));

    [Fact]
    public void Bytes_that_are_no_JSON_object_are_refused()
    {
        Assert.Throws<FormatException>(() => Leaf.Parse("null"u8));
        Assert.Throws<FormatException>(() => Leaf.Parse([]));
        Assert.Throws<FormatException>(() => Envelope.Parse("[]"u8));
        Assert.Throws<FormatException>(() => Envelope.Parse([0xff]));
    }

    [Fact]
    public void A_leaf_with_a_commitment_that_is_not_a_hash_is_not_written() =>
        Assert.Throws<FormatException>(() => new Leaf(Guid.Empty, Hex[2..] + "\"}", "2026-03-01T09:30:00.000000Z").ToBytes());

    [Fact]
    public void A_commitment_is_HMAC_SHA256_keyed_by_the_salt()
    {
        // RFC 4231 has no 32-byte key; this value was computed with an independent implementation (Python's hmac).
        var salt = Enumerable.Range(0, 32).Select(value => (byte)value).ToArray();
        Assert.Equal(CommitmentOfAbc, Convert.ToHexStringLower(Commitment.Of(salt, "abc"u8)));
        Assert.Equal(CommitmentOfAbc, Commitment.HashText(salt, "abc"));
    }

    [Fact]
    public void Flipping_any_single_bit_of_salt_or_envelope_changes_the_commitment() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[1, 40]).Sample((salt, envelope) =>
        {
            var commitment = Commitment.Of(salt, envelope);
            return Flips(salt).All(flipped => !Commitment.Of(flipped, envelope).AsSpan().SequenceEqual(commitment))
                && Flips(envelope).All(flipped => !Commitment.Of(salt, flipped).AsSpan().SequenceEqual(commitment));
        }, iter: 25);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_salt_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => Commitment.Of(new byte[length], "abc"u8));

    private const string CommitmentOfAbc = "f0133729c4163dede81e21cd47839256da58171238c8a0d874397c73b14e1e47";

    private static IEnumerable<byte[]> Flips(byte[] bytes) => Enumerable.Range(0, bytes.Length * 8).Select(bit =>
    {
        var flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    });

    private static string Forge(string text, string part, string forged)
    {
        Assert.Contains(part, text, StringComparison.Ordinal);
        return text.Replace(part, forged, StringComparison.Ordinal);
    }
}
