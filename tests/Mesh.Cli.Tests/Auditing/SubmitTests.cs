using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary><c>mesh witness submit</c>; against a real rating-intake it is in the end-to-end tests.</summary>
public sealed class SubmitTests
{
    private static readonly NoteSigner Log = FakeMesh.Key(1);
    private static readonly NoteSigner Own = FakeMesh.Key(2, NoteAlgorithm.CosignatureV1, "w.example");
    private static readonly NoteSigner Other = FakeMesh.Key(3, NoteAlgorithm.CosignatureV1, "other.example");

    [Fact]
    public async Task A_cosignature_is_brought_and_who_cosigned_is_told()
    {
        await using var service = await KeepingAsync(newest: 5);
        var note = Note(5, Log, Own).ToString();
        var ran = await SubmitAsync(service, note);
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Equal(
            "s: the checkpoint of 5 entries has the cosignature of w.example; 2 in all: other.example, w.example", ran.Out.Trim());
        var sent = service.Requests.Single(asked => asked.Method == "POST");
        Assert.Equal(("/api/v1/ledger/s/checkpoint", note, ""), (sent.Path, sent.Body, sent.Authorization));
        var json = await SubmitAsync(service, note, "--json");
        Assert.Equal("w.example", Assert.Single(json.Json.GetProperty("taken").EnumerateArray()).GetString());
        Assert.Equal(2, json.Json.GetProperty("cosignatures").GetArrayLength());
    }

    [Fact]
    public async Task A_checkpoint_that_is_not_the_newest_is_called_stale()
    {
        await using var service = await KeepingAsync(newest: 9);
        var ran = await SubmitAsync(service, Note(5, Log, Own).ToString());
        Assert.Equal(0, ran.Code);
        Assert.Contains("It is stale: the newest checkpoint has 9 entries.", ran.Error);
    }

    [Fact]
    public async Task A_witness_that_rating_intake_does_not_know_is_told_so_and_nothing_is_sent()
    {
        await using var service = await KeepingAsync(newest: 5);
        // A key of the same name is another key.
        foreach (var stranger in new[] { "w.example", "stranger.example" })
        {
            var ran = await SubmitAsync(
                service, Note(5, Log, FakeMesh.Key(7, NoteAlgorithm.CosignatureV1, stranger)).ToString());
            Assert.Equal((1, ""), (ran.Code, ran.Out));
            Assert.Contains($"only of mesh.example/audited, {stranger}", ran.Error);
            Assert.Contains(Own.Key.ToString(), ran.Error);
        }

        Assert.DoesNotContain(service.Requests, asked => asked.Method == "POST");
    }

    [Fact]
    public async Task What_is_refused_is_told_in_the_service_s_words()
    {
        await using var service = await FakeService.StartAsync(asked => asked.Path.EndsWith("/keys", StringComparison.Ordinal) ? Keys()
            : new Answer(422, """{"type":"/problems/checkpoint-refused","detail":"The note bears a signature of w."}"""));
        var ran = await SubmitAsync(service, Note(5, Log, Own).ToString());
        Assert.Equal((65, ""), (ran.Code, ran.Out));
        Assert.Contains("The note bears a signature of w.", ran.Error);
    }

    [Theory]
    [InlineData("no note", "That is no cosigned checkpoint")]
    [InlineData("hello\n\n\u2014 w.example AAAAAAA=\n", "That is no checkpoint")]
    public async Task What_is_no_checkpoint_is_not_sent(string text, string why)
    {
        await using var service = await KeepingAsync(newest: 5);
        var ran = await SubmitAsync(service, text);
        Assert.Equal(65, ran.Code);
        Assert.Contains(why, ran.Error);
        Assert.Empty(service.Requests);
    }

    /// <summary>Keeps what it is sent beside a cosignature that it had, as rating-intake does.</summary>
    private static Task<FakeService> KeepingAsync(long newest) => FakeService.StartAsync(asked => asked switch
    {
        { Method: "POST" } => new Answer(200, Note(5, Log, Own, Other).ToString()),
        _ when asked.Path.EndsWith("/keys", StringComparison.Ordinal) => Keys(),
        _ => new Answer(200, Note(newest, Log).ToString()),
    });

    private static Answer Keys() => new(200, JsonSerializer.Serialize(
        new LedgerKeys("s", Log.Key.ToString(), Log.Key.ToString(), [Other.Key.ToString(), Own.Key.ToString()], []),
        ContractJson.Options));

    private static DateTimeOffset At => DateTimeOffset.UnixEpoch;

    private static SignedNote Note(long size, params NoteSigner[] signers)
    {
        var text = new Checkpoint(Log.Key.Name, size, new byte[32], []).ToString();
        return new SignedNote(text, [.. signers.Select(signer => signer.Sign(text, At))]);
    }

    private static Task<Ran> SubmitAsync(FakeService service, string note, params string[] more) =>
        Mesh.PipeAsync(note, ["witness", "submit", "s", "-", "--url", service.Url, .. more]);
}
