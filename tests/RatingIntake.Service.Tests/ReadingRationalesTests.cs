using System.Net;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ReadingRationalesTests(IntakeMesh mesh)
{
    [Fact]
    public async Task A_blind_rounds_texts_are_released_with_its_ratings_each_with_its_salt_and_titles_where_asked_for()
    {
        var study = await mesh.StudyAsync("blind");
        var ann = mesh.As("lab-a", "ann", "rater");
        await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest(
        [
            new("RLHF", "COLL", Best: 0.2m, Rationale: "the first reason", Evidence: [new("https://example.org", "a title")]),
            new("Debate", "COLL", Best: 0.2m, Rationale: "the second reason"), new("Debate", "AL-GEN", Best: 0.2m),
        ]));
        var reader = mesh.As("", "");
        await reader.WaitForSizeAsync(study, 4);
        foreach (var asked in new[] { "", "?titles=true" })
            Assert.Empty((await reader.GetAsync<RoundRationales>($"studies/{study}/rounds/1/rationales{asked}")).Rationales);

        await mesh.As("owner", "mia", "round-manager").OkAsync<StudyChanged>($"studies/{study}/rounds/1:close", new { });
        await reader.WaitForSizeAsync(study, 5);
        var released = await reader.GetAsync<RoundRationales>($"studies/{study}/rounds/1/rationales");
        Assert.Equal(["the first reason", "the second reason"], released.Rationales.Select(one => one.Text));
        Assert.Null(released.Next);
        var opening = (await reader.GetAsync<LedgerPage>($"ledger/{study}/entries?from=3&limit=1")).Entries[0].Opening!;
        Assert.All(released.Rationales, one => Assert.Contains(one.Hash, opening.Envelope, StringComparison.Ordinal));
        Assert.Empty((await reader.GetAsync<RoundRationales>($"studies/{study}/rounds/2/rationales")).Rationales);

        var all = (await reader.GetAsync<RoundRationales>($"studies/{study}/rounds/1/rationales?titles=true")).Rationales;
        Assert.Equal(["the first reason", "a title", "the second reason"], all.Select(one => one.Text));
        Assert.All(all, one => Assert.Equal(one.Hash, Commitment.HashText(Convert.FromBase64String(one.Salt), one.Text)));
        Assert.Equal(released.Rationales, all.Where(one => one.Text != "a title"));
        Assert.Equal(3, all.Select(one => one.Salt).Distinct().Count());
        Assert.Contains($"\"titleHash\":\"{all[1].Hash}\"", opening.Envelope, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_one_quantity_there_are_rationales_and_titles_of_released_entries_and_of_nothing_else()
    {
        var study = await mesh.StudyAsync("blind");
        await mesh.As("lab-a", "ann", "rater").OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest(
        [
            new("RLHF", "COLL", Best: 0.2m, Rationale: "of the cell",
                Evidence: [new("https://example.org", "a title"), new("https://example.org/2")]),
            new("Debate", "COLL", Best: 0.2m, Rationale: "of another cell"), new("RLHF", Best: 0.3m, Rationale: "of the tax"),
        ]));
        var reader = mesh.As("", "");
        await reader.WaitForSizeAsync(study, 4);
        var cell = $"studies/{study}/rationales?technique=RLHF&failureMode=COLL";
        Assert.Empty((await reader.GetAsync<QuantityRationales>(cell + "&entry=3")).Texts);

        await mesh.As("owner", "mia", "round-manager").OkAsync<StudyChanged>($"studies/{study}/rounds/1:close", new { });
        await reader.WaitForSizeAsync(study, 5);
        var released = await reader.GetAsync<QuantityRationales>(cell + "&entry=0&entry=3&entry=99");
        Assert.Equal(["a title", "of the cell"], released.Texts.Select(one => one.Text).Order());
        Assert.All(released.Texts, one => Assert.Equal(one.Hash, Commitment.HashText(Convert.FromBase64String(one.Salt), one.Text)));
        Assert.Null(released.Erased);
        var tax = await reader.GetAsync<QuantityRationales>($"studies/{study}/rationales?technique=RLHF&entry=3");
        Assert.Equal("of the tax", Assert.Single(tax.Texts).Text);
        Assert.Empty((await reader.GetAsync<QuantityRationales>(cell + "&entry=2")).Texts);

        using var none = await reader.RawAsync(cell);
        using var many = await reader.RawAsync(cell + string.Concat(Enumerable.Range(0, 33).Select(i => $"&entry={i}")));
        using var nowhere = await reader.RawAsync("studies/nowhere/rationales?entry=1");
        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.NotFound),
            (none.StatusCode, many.StatusCode, nowhere.StatusCode));
    }

    [Fact]
    public async Task Pages_end_between_entries_and_follow_each_other_without_gap()
    {
        var study = await mesh.StudyAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        for (var i = 0; i < 5; i++)
            await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest(
                [new("RLHF", "COLL", Best: i / 10m, Rationale: $"{i}"), new("RLHF", "AL-GEN", Best: i / 10m, Rationale: $"{i}, too")]));
        var reader = mesh.As("", "");
        await reader.WaitForSizeAsync(study, 8);
        var texts = new List<string>();
        for (long? from = 0; from is { } at;)
        {
            var page = await reader.GetAsync<RoundRationales>($"studies/{study}/rounds/1/rationales?from={at}&limit=2");
            Assert.InRange(page.Rationales.Count, 0, 4);
            texts.AddRange(page.Rationales.Select(one => one.Text));
            from = page.Next;
        }

        Assert.Equal(Enumerable.Range(0, 5).SelectMany(i => new[] { $"{i}", $"{i}, too" }), texts);
        using var refused = await reader.RawAsync($"studies/{study}/rounds/1/rationales?limit=257");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Many_short_texts_are_given_in_several_pages_too()
    {
        var study = await mesh.StudyAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        Evidence[] Titled(int i) => [.. Enumerable.Range(0, 10).Select(at => new Evidence("https://example.org", $"{i}.{at}"))];
        for (var i = 0; i < 60; i++)
            await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest(
                [new("RLHF", "COLL", Best: 0.1m, Evidence: Titled(i)), new("RLHF", "AL-GEN", Best: i / 100m, Evidence: Titled(i))]));
        var reader = mesh.As("", "");
        await reader.WaitForSizeAsync(study, 63);
        var all = $"studies/{study}/rounds/1/rationales?titles=true";
        var first = await reader.GetAsync<RoundRationales>(all);
        Assert.Equal(1040, first.Rationales.Count);
        var second = await reader.GetAsync<RoundRationales>($"{all}&from={first.Next}");
        Assert.Equal((160, null), (second.Rationales.Count, second.Next));
        Assert.Equal(1200, first.Rationales.Concat(second.Rationales).Select(one => one.Hash).Distinct().Count());
    }

    [Fact]
    public async Task A_rater_learns_the_own_id_and_nobody_elses()
    {
        var study = await mesh.StudyAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        using (var before = await ann.RawAsync($"studies/{study}/rater")) Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        var receipt = await ann.OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: 0.2m)]));
        Assert.Equal(new StudyRater(study, "lab-a", receipt.Rater, "human"), await ann.GetAsync<StudyRater>($"studies/{study}/rater"));

        using var namesake = await mesh.As("lab-b", "ann", "rater").RawAsync($"studies/{study}/rater");
        Assert.Equal(HttpStatusCode.NotFound, namesake.StatusCode);
        using var nobody = await mesh.As("", "").RawAsync($"studies/{study}/rater");
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }
}
