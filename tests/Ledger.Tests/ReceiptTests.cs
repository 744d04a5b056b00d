using System.Security.Cryptography;

namespace AlignmentMesh.Ledger.Tests;

public sealed class ReceiptTests
{
    private const string Study = "study-1";
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 9, 30, 0, TimeSpan.Zero);
    private static readonly NoteSigner Signer = new("mesh/receipts", NoteAlgorithm.Ed25519, new byte[32]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void Every_event_of_a_batch_is_promised_by_the_one_note_and_no_other_event_is(int size)
    {
        var (note, paths) = Batch(size);
        for (var index = 0; index < size; index++)
        {
            var receipt = Receipt.Verify(note, Signer.Key, index, paths[index], Study, Event(index), Commitment(index));
            Assert.Equal(("mesh", "2026-05-04T09:30:00.000000Z", 10, (long)size),
                (receipt.Log, receipt.AcceptedAt, receipt.MergeSeconds, receipt.Size));
            Assert.All(
                new Action[]
                {
                    () => Verify(note, index, paths[index], "study-2", Event(index), Commitment(index)),
                    () => Verify(note, index, paths[index], Study, Event(index + 1), Commitment(index)),
                    () => Verify(note, index, paths[index], Study, Event(index), Commitment(index + 1)),
                    () => Verify(note, index + 1, paths[index], Study, Event(index), Commitment(index)),
                    () => Verify(note, index, [.. paths[index], new byte[32]], Study, Event(index), Commitment(index)),
                },
                wrong => Assert.Throws<FormatException>(wrong));
        }
    }

    [Fact]
    public void A_receipt_that_another_key_signed_or_that_was_altered_promises_nothing()
    {
        var (note, paths) = Batch(3);
        var other = new NoteSigner("mesh/receipts", NoteAlgorithm.Ed25519, RandomNumberGenerator.GetBytes(32));
        Assert.Throws<FormatException>(() => Receipt.Verify(note, other.Key, 0, paths[0], Study, Event(0), Commitment(0)));
        var altered = SignedNote.Parse(note.ToString().Replace("\n10\n", "\n99\n", StringComparison.Ordinal));
        Assert.Throws<FormatException>(() => Verify(altered, 0, paths[0], Study, Event(0), Commitment(0)));
    }

    [Theory]
    [InlineData("alignmentmesh-receipt/v2")]
    [InlineData("010")]
    public void Another_spelling_is_no_receipt(string part)
    {
        var text = Batch(1).Note.Text;
        var other = part[0] == 'a'
            ? text.Replace("alignmentmesh-receipt/v1", part, StringComparison.Ordinal)
            : text.Replace("\n10\n", $"\n{part}\n", StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Receipt.Parse(other));
        Assert.Equal(text, Receipt.Parse(text).ToString());
    }

    private static void Verify(SignedNote note, long index, IReadOnlyList<byte[]> path, string study, Guid id, string commitment) =>
        Receipt.Verify(note, Signer.Key, index, path, study, id, commitment);

    private static (SignedNote Note, IReadOnlyList<IReadOnlyList<byte[]>> Paths) Batch(int size)
    {
        var (root, paths) = Receipt.Prove(
            [.. Enumerable.Range(0, size).Select(index => Receipt.LeafHash(Study, Event(index), Commitment(index)))]);
        var text = new Receipt("mesh", Timestamps.Format(Now), 10, size, root).ToString();
        return (new SignedNote(text, [Signer.Sign(text, Now)]), paths);
    }

    private static Guid Event(int index) => new(index, 0, 0, new byte[8]);

    private static string Commitment(int index) => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(index)));
}
