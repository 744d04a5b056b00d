using System.Net;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Tests;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ErasingPersonalDataTests(IntakeMesh mesh)
{
    private const string Telling = "a reason that names somebody";

    private MeshClient Admin => mesh.As("lab-a", "ada", "org-admin");

    private MeshClient Reader => mesh.As("", "");

    [Fact]
    public async Task An_erased_text_is_gone_with_its_salt_the_feed_says_so_and_every_proof_stays_valid()
    {
        var (study, receipt) = await RatedAsync();
        var before = await Reader.GetAsync<InclusionProof>($"ledger/{study}/proof/inclusion?event={receipt.EventId}&size=4");
        var hash = (await RationalesAsync(study)).Rationales.Single().Hash;
        Assert.Equal(2L, await CountAsync("free_text", receipt.EventId!.Value));

        var erased = await Admin.OkAsync<StudyChanged>($"studies/{study}:erase", new ErasePersonalDataRequest(
            "asked for it", "GDPR art. 17", receipt.EventId));
        await Reader.WaitForSizeAsync(study, 5);
        var rationales = await RationalesAsync(study);
        Assert.Empty(rationales.Rationales);
        Assert.Equal(new ErasedText(hash, erased.EventId!.Value), Assert.Single(rationales.Erased!));
        var all = await Reader.GetAsync<RoundRationales>($"studies/{study}/rounds/1/rationales?titles=true");
        Assert.Empty(all.Rationales);
        Assert.Equal([erased.EventId.Value, erased.EventId.Value], all.Erased!.Select(one => one.EventId));
        Assert.Equal(0L, await CountAsync("free_text", receipt.EventId.Value));
        Assert.Null((await mesh.As("lab-a", "ann", "rater").GetAsync<AssessmentView>($"studies/{study}/assessment")).Items[0].Rationale);

        var after = await Reader.GetAsync<InclusionProof>($"ledger/{study}/proof/inclusion?event={receipt.EventId}&size=4");
        Assert.Equal((before.Root, before.LeafHash), (after.Root, after.LeafHash));
        Assert.True(MerkleProof.VerifyInclusion(
            Convert.FromHexString(after.LeafHash), 3, 4, [.. after.Hashes.Select(Convert.FromHexString)],
            Convert.FromHexString(after.Root)));
        var entry = (await Reader.GetAsync<LedgerPage>($"ledger/{study}/entries?from=4")).Entries.Single();
        var said = Envelope.Parse(Encoding.UTF8.GetBytes(entry.Opening!.Envelope));
        Assert.Equal(("personal-data-erased", "lab-a", null), (said.Type, said.Organisation, said.Rater));
        Assert.Contains(hash, entry.Opening.Envelope, StringComparison.Ordinal);
        Assert.DoesNotContain(Telling, entry.Opening.Envelope, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rater_s_name_and_all_texts_are_erased_at_once_and_who_comes_back_is_another()
    {
        var (study, receipt) = await RatedAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        await ann.OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("Debate", "COLL", Best: 0.3m, Rationale: Telling)]));
        var request = new ErasePersonalDataRequest("asked for it", "GDPR art. 17", Rater: receipt.Rater, Organisation: "lab-a", Name: true);
        var manager = mesh.As("owner", "mia", "round-manager");
        var erased = await manager.OkAsync<StudyChanged>($"studies/{study}:erase", request);
        var again = await manager.OkAsync<StudyChanged>($"studies/{study}:erase", request);
        Assert.Equal((true, false), (erased.EventId is not null, again.EventId is not null));
        Assert.Empty((await RationalesAsync(study)).Rationales);
        using var unknown = await ann.RawAsync($"studies/{study}/rater");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        var later = await ann.OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: 0.9m)]));
        Assert.NotEqual(receipt.Rater, later.Rater);
    }

    [Theory]
    [InlineData("lab-b", "org-admin", HttpStatusCode.Forbidden)]
    [InlineData("lab-a", "rater", HttpStatusCode.Forbidden)]
    [InlineData("lab-a", "round-manager", HttpStatusCode.Forbidden)]
    [InlineData("owner", "operator", HttpStatusCode.Forbidden)]
    public async Task Nobody_else_erases_anything(string organisation, string role, HttpStatusCode status)
    {
        var (study, receipt) = await RatedAsync();
        using var answer = await mesh.As(organisation, "eve", role).PostAsync(
            $"studies/{study}:erase", new ErasePersonalDataRequest("because", "none", receipt.EventId));
        Assert.Equal(status, answer.StatusCode);
        Assert.Single((await RationalesAsync(study)).Rationales);
    }

    [Fact]
    public async Task What_is_asked_for_must_be_one_thing_and_be_there()
    {
        var (study, receipt) = await RatedAsync();
        foreach (var (request, status) in new (ErasePersonalDataRequest, HttpStatusCode)[]
        {
            (new("because", "law"), HttpStatusCode.BadRequest),
            (new("because", "law", receipt.EventId, receipt.Rater), HttpStatusCode.BadRequest),
            (new("because", "law", receipt.EventId, Name: true), HttpStatusCode.BadRequest),
            (new("because", "law", Guid.Empty), HttpStatusCode.NotFound),
            (new("", "law", receipt.EventId), HttpStatusCode.UnprocessableEntity),
        })
        {
            using var answer = await Admin.PostAsync($"studies/{study}:erase", request);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    private async Task<(string Study, RatingsReceipt Receipt)> RatedAsync()
    {
        var study = await mesh.StudyAsync();
        var receipt = await mesh.As("lab-a", "ann", "rater").OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest(
            [new("RLHF", "COLL", Best: 0.2m, Rationale: Telling, Evidence: [new("https://example.org", "a title")])]));
        await Reader.WaitForSizeAsync(study, 4);
        return (study, receipt);
    }

    private Task<RoundRationales> RationalesAsync(string study) =>
        Reader.GetAsync<RoundRationales>($"studies/{study}/rounds/1/rationales");

    private async Task<long> CountAsync(string table, Guid eventId)
    {
        await using var source = await mesh.DatabaseAsync();
        await using var command = source.CreateCommand($"select count(*) from intake.{table} where event_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = eventId });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
