using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class SubmittingRatingsTests(IntakeMesh mesh)
{
    private static readonly RatingItem Item = new("RLHF", "COLL", Best: 0.25m, Lower: 0.1m, Upper: 0.5m, Rationale: "seen in the lab");

    [Fact]
    public async Task An_accepted_rating_is_in_the_ledger_with_the_commitment_of_its_receipt()
    {
        var study = await mesh.StudyAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        var receipt = await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest([Item]));
        var head = await ann.WaitForSizeAsync(study, 4);
        var page = await ann.GetAsync<LedgerPage>($"ledger/{study}/entries");

        var entry = page.Entries[^1];
        var leaf = Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf));
        Assert.Equal((receipt.EventId, receipt.Commitment), (leaf.EventId, leaf.Commitment));
        var envelope = Encoding.UTF8.GetBytes(entry.Opening!.Envelope);
        Assert.Equal(leaf.Commitment, Convert.ToHexStringLower(Commitment.Of(Convert.FromBase64String(entry.Opening.Salt), envelope)));
        Assert.DoesNotContain("seen in the lab", entry.Opening.Envelope, StringComparison.Ordinal);
        Assert.Equal("0.25", Envelope.Parse(envelope).Data.GetProperty("items")[0].GetProperty("best").GetString());
        AssertSignedRoot(page, head);
    }

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_and_one_event()
    {
        var study = await mesh.StudyAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        var request = new SubmitRatingsRequest([Item]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", request, key: study)));
        Assert.Single(answers.Select(answer => answer.EventId).Distinct());
        Assert.Equal(1, answers[0].AssessmentVersion);

        using var other = await ann.PostAsync(
            $"studies/{study}/ratings", new SubmitRatingsRequest([Item with { Best = 0.3m }]), key: study);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.EndsWith("/idempotency-key-used", (await ProblemAsync(other)).GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rating_that_is_on_record_already_changes_nothing()
    {
        var study = await mesh.StudyAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        var request = new SubmitRatingsRequest([Item with { Rationale = null }]);
        await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", request);
        using var again = await ann.PostAsync($"studies/{study}/ratings", request);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var receipt = (await again.Content.ReadFromJsonAsync<RatingsReceipt>(ContractJson.Options))!;
        Assert.Equal((null, 0, 1L), (receipt.EventId, receipt.Changed, receipt.AssessmentVersion));
    }

    [Fact]
    public async Task A_refusal_names_item_field_value_and_what_is_allowed_and_changes_nothing()
    {
        var study = await mesh.StudyAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        using var answer = await ann.PostAsync(
            $"studies/{study}/ratings", new SubmitRatingsRequest([Item, new("RLHF", "NO-SUCH", Best: 1.5m)]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await ProblemAsync(answer);
        var refusals = problem.GetProperty("refusals").EnumerateArray().Select(refusal => (
            refusal.GetProperty("item").GetString(), refusal.GetProperty("field").GetString(), refusal.GetProperty("value").GetString()));
        Assert.Equal([("items[1]", "failureMode", "NO-SUCH"), ("items[1]", "best", "1.5")], refusals);
        Assert.NotNull(problem.GetProperty("traceId").GetString());

        using var nothing = await ann.RawAsync($"studies/{study}/assessment");
        await ann.WaitForSizeAsync(study, 3);
        Assert.Empty((await ann.GetAsync<LedgerPage>($"ledger/{study}/entries?from=3")).Entries);
    }

    [Fact]
    public async Task An_old_etag_is_answered_with_the_current_version()
    {
        var study = await mesh.StudyAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest([Item]));
        using var stale = await ann.PostAsync(
            $"studies/{study}/ratings", new SubmitRatingsRequest([Item with { Best = 0.2m }]), ifMatch: "\"0\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal(1, (await ProblemAsync(stale)).GetProperty("currentVersion").GetInt64());
        using var current = await ann.PostAsync(
            $"studies/{study}/ratings", new SubmitRatingsRequest([Item with { Best = 0.2m }]), ifMatch: "\"1\"");
        Assert.Equal("\"2\"", current.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task The_own_assessment_shows_the_latest_ratings_with_their_rationale()
    {
        var study = await mesh.StudyAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest([Item, new(null, "COLL", Best: 0.1m)]));
        await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings:withdraw", new WithdrawRatingsRequest([new(null, "COLL")]));
        var view = await ann.GetAsync<AssessmentView>($"studies/{study}/assessment");
        var item = Assert.Single(view.Items);
        Assert.Equal((2L, 0.25m, "seen in the lab"), (view.Version, item.Best, item.Rationale));
    }

    [Fact]
    public async Task Nobody_rates_without_a_token_or_for_an_organisation_that_was_not_admitted()
    {
        var study = await mesh.StudyAsync();
        using var anonymous = await mesh.As("", "").PostAsync($"studies/{study}/ratings", new SubmitRatingsRequest([Item]));
        using var stranger = await mesh.As("lab-z", "zed", "rater").PostAsync($"studies/{study}/ratings", new SubmitRatingsRequest([Item]));
        using var wrongRole = await mesh.As("lab-a", "ann", "operator")
            .PostAsync($"studies/{study}/ratings", new SubmitRatingsRequest([Item]));
        using var notOwner = await mesh.As("lab-a", "ann", "round-manager").PostAsync($"studies/{study}/rounds/1:close", new { });
        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Conflict, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden],
            new[] { anonymous, stranger, wrongRole, notOwner }.Select(answer => answer.StatusCode));
    }

    private static void AssertSignedRoot(LedgerPage page, TreeHead head)
    {
        var range = new CompactRange();
        foreach (var entry in page.Entries) range.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Leaf)));
        Assert.Equal(head.Root, Convert.ToHexStringLower(range.Root()));
        Assert.Equal(Enumerable.Range(0, page.Entries.Count).Select(index => (long)index), page.Entries.Select(entry => entry.Index));
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>();
}
