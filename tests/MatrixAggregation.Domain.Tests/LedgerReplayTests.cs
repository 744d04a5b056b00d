using System.Security.Cryptography;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Service.Tests;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public sealed class LedgerReplayTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly StudyLedger _ledger;

    public LedgerReplayTests() => _ledger = new StudyLedger("replayed", _key).Begun();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Every_version_is_what_the_fold_gives_whatever_versions_were_asked_for_before()
    {
        _ledger.RatedBy(20);
        _ledger.Append(new OrganisationRemoved("lab-b", "left"));
        _ledger.Append(new RoundClosed(1));
        _ledger.Append(new RoundOpened(2, "blind"));
        _ledger.RatedBy(6);
        _ledger.Append(new RoundClosed(2));
        var (all, some) = (new LedgerReplay("replayed"), new LedgerReplay("replayed"));
        var state = MatrixState.Empty("replayed");
        foreach (var entry in _ledger.All())
        {
            all.Take(entry);
            some.Take(entry);
            state = state.Apply(FoldEntry.Read(entry));
            var expected = Consensus.Of(state, _ledger.Head(all.Size).Root).Matrix;
            Assert.Equal(expected.Digest, all.Matrix().Digest);
            if (some.Size % 5 == 0) Assert.Equal(expected.Digest, some.Matrix().Digest);
        }

        Assert.Equal((34L, 34L), (all.Size, all.Opened));
        Assert.Empty(all.StreamsWithGaps);
    }

    [Fact]
    public void A_sealed_entry_waits_for_its_round_and_must_be_opened_when_that_closes()
    {
        _ledger.Append(new RoundClosed(1));
        _ledger.Append(new RoundOpened(2, "blind"));
        var sealedAt = _ledger.Rate("lab-a", "r", "0.5");
        var replay = Taken(_ledger.Page(0, _ledger.Size).Entries);
        Assert.Equal(replay.Size - 1, replay.Opened);
        _ledger.Append(new RoundClosed(2));
        var withheld = _ledger.All().Select(entry => entry.Index == sealedAt ? entry with { Opening = null } : entry);
        Assert.Equal("entry 6 has no opening though round 2 was closed by entry 7", Refused(withheld));
    }

    [Fact]
    public void What_cannot_be_the_next_entry_is_refused_by_its_index()
    {
        _ledger.RatedBy(4);
        var entries = _ledger.All();
        Assert.Equal("entry 5 bears the index 6", Refused(entries.Where(entry => entry.Index != 5)));
        Assert.Equal("entry 6 is earlier than the one before it", Refused(Swapped(entries, 5, 6)));
        Assert.StartsWith("entry 6 repeats event", Refused(Changed(6, _ => entries[5] with { Index = 6 })));
        Assert.Equal("entry 5 has the opening of entry 6", Refused(Changed(5, entry => entry with { Opening = entries[6].Opening })));
        Assert.StartsWith("entry 5 says something else than its leaf commits to", Refused(Changed(
            5, entry => entry with { Opening = entries[6].Opening! with { Index = 5 } })));
        Assert.Equal("entry 5 has a salt of 3 bytes; allowed are 32", Refused(Changed(
            5, entry => entry with { Opening = entry.Opening! with { Salt = "AAAA" } })));
        Assert.StartsWith("entry 5 cannot be read", Refused(Changed(
            5, entry => entry with { Opening = entry.Opening! with { Salt = "no base64!" } })));
        Assert.StartsWith("entry 5 cannot be read: The leaf is malformed", Refused(Changed(5, entry => entry with { Leaf = "{}" })));
        Assert.Equal("entry 0 is of study 'replayed'; allowed is 'other'", Refused(entries, "other"));

        IEnumerable<LedgerEntry> Changed(int index, Func<LedgerEntry, LedgerEntry> change) =>
            entries.Select(entry => entry.Index == index ? change(entry) : entry);
    }

    [Fact]
    public void A_stream_whose_earlier_event_is_not_in_the_ledger_is_named()
    {
        _ledger.Rate("lab-a", "r", "0.5");
        _ledger.Leave("lab-a", "r");
        _ledger.Rate("lab-a", "r", "0.6");
        Assert.Equal(["assessment/replayed/lab-a/r"], Taken(_ledger.All()).StreamsWithGaps);
    }

    [Fact]
    public void A_restore_is_kept_for_everybody_to_see()
    {
        _ledger.Append(new LedgerRestored(2, 4, "", 9, "the disk failed"));
        Assert.Equal((4L, 2), Taken(_ledger.All()).Restores.Select(one => (one.Index, one.Restore.Epoch)).Single());
    }

    [Fact]
    public void An_event_of_an_older_shape_is_read_as_one_of_the_present()
    {
        var old = new Envelope(
            "replayed", "study/replayed", 1, "round-closed", -1, "owner", null, 1, "2026-03-01T09:00:00.000000Z",
            JsonDocument.Parse("""{"number":3}""").RootElement);
        Assert.Contains("entry 7 has schema -1; allowed is 1", Assert.Throws<InvalidDataException>(
            () => LedgerData.Read("replayed", 7, old)).Message);
        var older = new Dictionary<(string, int), Func<JsonElement, JsonElement>>
        {
            [("round-closed", -1)] = data => JsonSerializer.SerializeToElement(new { named = data.GetProperty("number").GetInt32() }),
            [("round-closed", 0)] = data => JsonSerializer.SerializeToElement(new { round = data.GetProperty("named").GetInt32() }),
        };
        Assert.Equal(new RoundClosed(3), LedgerData.Read("replayed", 7, old, older));
    }

    [Fact]
    public void Taking_an_entry_gives_what_it_says_if_that_is_known_and_of_the_type_that_is_asked_for()
    {
        _ledger.Append(new RoundClosed(1));
        _ledger.Append(new RoundOpened(2, "blind"));
        _ledger.Rate("lab-a", "r-1", "0.4");
        var replay = new LedgerReplay("replayed");
        var said = _ledger.Page(0, _ledger.Size).Entries.Select(replay.Take).ToArray();
        Assert.Null(said[6]);
        Assert.Equal(new RoundClosed(1), LedgerReplay.DataOf<RoundClosed>(4, said[4]!));
        Assert.Null(LedgerReplay.DataOf<RatingsSubmitted>(4, said[4]!));
        var untrue = said[4]! with { Type = "ratings-submitted" };
        Assert.StartsWith("entry 4 is no ratings-submitted: ", Assert.Throws<InvalidDataException>(
            () => LedgerReplay.DataOf<RatingsSubmitted>(4, untrue)).Message);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"round":1,"blind":false,"raterKind":"human","items":[null]}""")]
    [InlineData("""{"round":1,"blind":false,"raterKind":"human","items":null}""")]
    public void Null_where_a_rating_has_to_be_is_refused_by_entry(string data)
    {
        var said = new LedgerReplay("replayed").Take(_ledger.Page(0, 1).Entries[0])!;
        using var untrue = JsonDocument.Parse(data);
        Assert.StartsWith("entry 4 is no ratings-submitted: ", Assert.Throws<InvalidDataException>(
            () => LedgerReplay.DataOf<RatingsSubmitted>(4, said with { Type = "ratings-submitted", Data = untrue.RootElement })).Message);
    }

    private static string Refused(IEnumerable<LedgerEntry> entries, string study = "replayed") =>
        Assert.Throws<InvalidDataException>(() => Taken(entries, study)).Message;

    private static IEnumerable<LedgerEntry> Swapped(IReadOnlyList<LedgerEntry> entries, int one, int other) => entries.Select(entry =>
        entry.Index == one ? At(entries[other], one) : entry.Index == other ? At(entries[one], other) : entry);

    private static LedgerEntry At(LedgerEntry entry, long index) =>
        entry with { Index = index, Opening = entry.Opening! with { Index = index } };

    private static LedgerReplay Taken(IEnumerable<LedgerEntry> entries, string study = "replayed")
    {
        var replay = new LedgerReplay(study);
        foreach (var entry in entries) replay.Take(entry);
        return replay;
    }
}
