using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Samples;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

public sealed class PermalinkTests(BrowserRun run) : BrowserTest(run)
{
    private static readonly string[] Files =
    [
        "figures/matrix.svg", "figures/matrix.csv", "figures/matrix.json", "figures/together.svg", "figures/pareto.svg",
        "figures/ratings.svg?technique=RLHF&failure-mode=COLL", "figures/history.csv?technique=RLHF&failure-mode=COLL",
    ];

    [SkippableFact]
    public async Task A_page_and_a_file_of_a_version_have_the_same_bytes_after_the_study_went_on_and_closed()
    {
        await using var visit = await BeginAsync();
        var study = await Run.StudyAsync(PaperTable.Catalogue, "open", "lab-a", "lab-b");
        await RateAsync(study, "lab-a", 0.3m);
        await RateAsync(study, "lab-b", 0.8m);
        var (matrix, _) = await Run.WaitForVersionAsync(study, 6, "rohl-1");
        using var http = new HttpClient { BaseAddress = Run.Portal };
        var addresses = Site.OfStudies.Select(template => Site.Fill(template, study))
            .Concat(Files.Select(file => $"/studies/{study}/{file}"))
            .Select(path => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}v={matrix.Version}").ToArray();
        var before = new Dictionary<string, string>();
        foreach (var address in addresses) before[address] = await http.GetStringAsync(address);

        await RateAsync(study, "lab-a", 0.9m);
        await Run.Manager.OkAsync<StudyChanged>($"studies/{study}/rounds/1:close", new { });
        await Run.Manager.OkAsync<StudyChanged>($"studies/{study}:close", new CloseStudyRequest("done"));
        await Run.WaitForVersionAsync(study, matrix.Version + 3, "rohl-1");
        var changed = new List<string>();
        foreach (var address in addresses)
            if (await http.GetStringAsync(address) is var after && after != before[address])
                changed.Add($"{address}: {Difference(before[address], after)}");
        None(changed);
    }

    private Task<RatingsReceipt> RateAsync(string study, string organisation, decimal best) =>
        Run.Intake(organisation, organisation, "rater").OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: best), new("Debate", "COLL", "uncertain")]));

    private static string Difference(string before, string after)
    {
        var at = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"'{Part(before, at)}' became '{Part(after, at)}'";
    }

    private static string Part(string text, int at) => text[Math.Max(0, at - 40)..Math.Min(text.Length, at + 60)];
}
