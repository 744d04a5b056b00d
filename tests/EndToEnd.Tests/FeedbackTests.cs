using System.Net;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Tests;

namespace AlignmentMesh.EndToEnd.Tests;

[Collection(OnOneMesh.Name)]
public sealed class FeedbackTests(MeshRun run)
{
    private const string Canary = "0.314159265";
    private const string Words = "canary-feedback-41c9";

    [Fact]
    public async Task A_blind_rounds_raters_get_their_feedback_when_it_closes_and_nobody_a_word_before()
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "open", "lab-a", "lab-b");
        await RateAsync(study, "lab-a", "ann", 0.2m, "first thoughts of ann");
        await RateAsync(study, "lab-b", "bob", 0.6m, "first thoughts of bob");
        await run.Manager.OkAsync<StudyChanged>($"studies/{study}/rounds/1:close", new { });
        await run.Manager.OkAsync<StudyChanged>($"studies/{study}/rounds", new OpenRoundRequest("blind"));
        await RateAsync(study, "lab-a", "ann", 0.314159265m, Words);
        await run.WaitForVersionAsync(study, 9);

        foreach (var (organisation, subject) in new[] { ("lab-a", "ann"), ("lab-b", "bob"), ("", "") })
        {
            var early = await TextAsync(study, 2, organisation, subject, HttpStatusCode.Conflict);
            Assert.Contains("round-still-open", early, StringComparison.Ordinal);
            var first = await TextAsync(study, 1, organisation, subject);
            foreach (var page in new[] { early, first, await RationalesAsync(study) })
            {
                Assert.DoesNotContain(Canary, page, StringComparison.Ordinal);
                Assert.DoesNotContain(Words, page, StringComparison.Ordinal);
            }
        }

        await run.Manager.OkAsync<StudyChanged>($"studies/{study}/rounds/2:close", new { });
        await run.WaitForVersionAsync(study, 10);
        var ann = Read(await TextAsync(study, 2, "lab-a", "ann"));
        var bob = Read(await TextAsync(study, 2, "lab-b", "bob"));
        var reader = Read(await TextAsync(study, 2, "", ""));
        Assert.Equal((Canary, Words, 2), (Cell(ann).Own!.Best, Cell(ann).Own!.Rationale, Cell(ann).Own!.Round));
        Assert.Equal(("0.6", "first thoughts of bob", 1), (Cell(bob).Own!.Best, Cell(bob).Own!.Rationale, Cell(bob).Own!.Round));
        Assert.Equal((null, null), (reader.Rater, Cell(reader).Own));
        Assert.Equal([[], [Words], [Words]], new[] { ann, bob, reader }.Select(feedback => Cell(feedback).Rationales));
        foreach (var feedback in new[] { ann, bob, reader })
        {
            var medians = Cell(feedback).Organisations.Select(one => (one.Organisation, one.Median));
            Assert.Equal((10L, 1, "blind"), (feedback.Version, feedback.EarlierRound, feedback.Mode));
            Assert.Equal([("lab-a", 0.314159265), ("lab-b", 0.6)], medians);
            Assert.Equal((0.314159265 - 0.2) / 2, Cell(feedback).Change!.Shift!.Value, 1e-12);
        }
    }

    [Fact]
    public async Task A_studys_own_constants_travel_to_its_matrix_and_do_not_stop_its_risk()
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "open", "lab-a", "lab-b");
        await RateAsync(study, "lab-a", "ann", 0.2m, "a");
        await RateAsync(study, "lab-b", "bob", 0.6m, "b");
        var (before, _) = await run.WaitForVersionAsync(study, 6, "rohl-1");
        await run.Manager.OkAsync<StudyChanged>(
            $"studies/{study}/policy", new ChangeAggregationPolicyRequest(new(TauScale: 2m, Nu: 1), "the labs differ"));
        var (after, risk) = await run.WaitForVersionAsync(study, 7, "rohl-1");
        Assert.Equal(("rohl-1", "rohl-1(nu=1,tauScale=2)"), (before.Method, after.Method));
        Assert.Equal(after.Digest, risk.MatrixDigest);
        double? Mean(MatrixView view) => view.Consensus.Single(cell => cell is { Technique: "RLHF", FailureMode: "COLL" }).Mean;
        Assert.NotEqual(Mean(before), Mean(after));
    }

    private async Task RateAsync(string study, string organisation, string subject, decimal best, string words) =>
        await run.Intake(organisation, subject, "rater").OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: best, Rationale: words)]));

    private async Task<string> RationalesAsync(string study)
    {
        using var answer = await run.Intake().RawAsync($"studies/{study}/rounds/2/rationales");
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<string> TextAsync(
        string study, int round, string organisation, string subject, HttpStatusCode status = HttpStatusCode.OK)
    {
        var client = subject.Length == 0 ? run.Matrix : run.MatrixAs(organisation, subject, "rater");
        using var answer = await client.RawAsync($"studies/{study}/rounds/{round}/feedback");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
        return text;
    }

    private static RoundFeedback Read(string text) => JsonSerializer.Deserialize<RoundFeedback>(text, ContractJson.Options)!;

    private static QuantityFeedback Cell(RoundFeedback feedback) =>
        feedback.Quantities.Single(one => one is { Technique: "RLHF", FailureMode: "COLL" });
}
