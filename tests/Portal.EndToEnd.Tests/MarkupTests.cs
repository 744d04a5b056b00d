using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

public sealed class MarkupTests(BrowserRun run) : BrowserTest(run)
{
    private const string Evil = "<script>window.isHacked = true</script><img src=x onerror=\"window.isHacked = true\">";

    private static readonly string LongName = Evil + string.Concat(Enumerable.Repeat(" Incomprehensibilities", 4));

    [SkippableFact]
    public async Task Markup_and_long_names_in_names_and_rationale_stay_text_on_every_page()
    {
        await using var visit = await BeginAsync(Narrow);
        var study = await Run.StudyAsync(
            new Catalogue(
                [new("RLHF", LongName, Evil), new("T2", "Second", "Second")], [new("COLL", LongName, Evil), new("F2", "Second", "Second")],
                [new("Both", ["RLHF", "T2"])]),
            "open", "lab-a");
        await Run.Intake("lab-a", "expert", "rater").OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest(
        [
            new("RLHF", "COLL", Best: 0.4m, Rationale: Evil, Evidence: [new("https://example.org/?q=<script>", Evil)]),
            new("T2", "COLL", "vulnerable", Rationale: Evil),
        ]));
        await Run.WaitForVersionAsync(study, 4, "rohl-1");
        foreach (var template in Site.OfStudies.Append("/studies"))
        {
            Assert.Equal(200, await visit.GoAsync(Site.Fill(template, study).Replace("entries/1", "entries/3", StringComparison.Ordinal)));
            Assert.False(await visit.Page.EvaluateAsync<bool>("window.isHacked === true"), template);
            Assert.Equal(0, await visit.CountAsync("main script, main img"));
            Assert.True(await visit.SidewaysAsync() <= 0, $"{template} is wider than {Narrow} pixels");
        }

        None(visit.Faults);
    }
}
