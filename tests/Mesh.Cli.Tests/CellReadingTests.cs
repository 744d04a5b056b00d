using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class CellReadingTests
{
    private static readonly ConsensusCell Rated = new(
        "T1", "M1", 3, 2, 0.675323900552839, 0.2, 0.7, 0.24, 0.94, 0.1, 0.3, 0.6, 0.4, "vulnerable", "contested");

    private static readonly CellLineage Lineage = new(
        "s", null, 7, "digest", "T1", "M1", new Dictionary<string, ConsensusCell> { ["rohl-1"] = Rated },
        [new OrganisationContribution("org-a", 2, 0.8, 0.041, true, "uncertain", 2, 1.3333)],
        [
            Rating("org-a", "r-1", "stale", "human"), Rating("org-b", "r-2", null, "human"), Rating("org-b", "model", "ai_rater", "ai"),
        ],
        "rohl-1", new(0.5, 0.75, 0.6, 2, 0.5, -1.7346, 0, 1.7346),
        new(
            [
                new("rohl-1", 0.675, null, "vulnerable", "any judged probability"),
                new("int-w-agg", null, "no_bounds", null, "any judged probability"),
                new("beta-ar-mean", 0.9, null, "vulnerable", "only valid for resolvable events"),
            ],
            0.5, 0.9, "vulnerable", 18, 11),
        new(0.2, 0.11, 0.31, 0.5), true, 2, 1.3333, new(1, 0.7, "vulnerable", 0.025),
        [new("ai_rater", 1), new("stale", 1)],
        new([new(7, "2026-11-23T17:00:00.000000Z", 0.675, 0.24, 0.94, "vulnerable", "contested", 2, 3)], 6));

    [Fact]
    public async Task A_cell_says_in_words_what_it_rests_on()
    {
        var ran = await AskAsync(Lineage);
        Assert.StartsWith("T1 x M1 of s, version 7\n", ran.Out);
        foreach (var line in (string[])
        [
            "Resistant 10%, uncertain 30%, vulnerable 60% probable.",
            "By other methods 50% to 90%; 11 of 18 have the same verdict.",
            "Disagreement, at most 1: between organisations 0.20, within 0.11, of verdicts 0.50.",
            "Raters: 3, effective 2.00, worth 1.33 independent ones.",
            "Fragile: without one of the organisations the verdict would be another one.",
            "AI raters: 1, not counted; with them the mean would be 70%, vulnerable.",
            "Method rohl-1: rho 0.5, s-min 0.6, nu 2, sigma 0.75, tau 0.5.",
            "Digest digest",
        ])
            Assert.Contains($"\n{line}\n", ran.Out);
    }

    [Fact]
    public async Task A_cell_shows_organisations_methods_and_history_and_what_does_not_count_apart()
    {
        var ran = await AskAsync(Lineage);
        Assert.Contains("org-a\t2\t80%\t+4.1 points\tyes\tuncertain\n", ran.Out);
        Assert.Contains("int-w-agg\t-\t-\tno bounds\n", ran.Out);
        Assert.Contains("beta-ar-mean\t90%\tvulnerable\tonly valid for resolvable events\n", ran.Out);
        Assert.Contains("# History, the newest 1 changes\n", ran.Out);
        Assert.Contains("7\t2026-11-23T17:00:00Z\t68%\t24-94%\tvulnerable\tcontested\t3\n", ran.Out);
        var order = ran.Out.Split('\n').Where(line => line.StartsWith("# ") && line.Contains("atings")).ToArray();
        Assert.Equal(
            [
                "# The same ratings by other methods", "# Ratings", "# Ratings of AI raters: shown, not counted",
                "# Stale ratings: the definition changed since, so they wait to be given again",
            ],
            order);
        Assert.Equal(["r-2", "model", "r-1"], ran.Rows.Where(row => row[^1] == "abc").Select(row => row[1]));
    }

    [Fact]
    public async Task An_unrated_cell_of_a_service_that_says_less_is_shown_without_empty_tables()
    {
        var bare = new CellLineage("s", null, 7, "digest", "T1", "M1", new Dictionary<string, ConsensusCell>
        {
            ["rohl-1"] = new("T1", "M1", 0, 0, null, null, null, null, null, null, null, null, null, null, "no_data"),
        }, [], []);
        var ran = await AskAsync(bare);
        Assert.Equal(["# Consensus"], ran.Out.Split('\n').Where(line => line.StartsWith("# ")));
        Assert.Contains("rohl-1\t-\t-\t-\tno_data\t0 org.\t0\n", ran.Out);
    }

    [Fact]
    public async Task A_mistyped_id_is_answered_with_the_one_that_was_meant()
    {
        var matrix = new MatrixView(
            "s", null, 7, "root", "", "rohl-1", "rohl-1", "d", true, 0, 2, [new("T1", "T", "d")],
            [new("M1", "M", "d"), new("M2", "M", "d")], [], [], [], []);
        await using var service = await FakeService.StartAsync(asked => asked.Path.Contains("cells", StringComparison.Ordinal)
            ? new Answer(404, """{"type":"/problems/unknown-cell","title":"No such cell"}""")
            : new(200, JsonSerializer.Serialize(matrix, ContractJson.Options)));
        var mistyped = await Mesh.RunAsync("cell", "why", "s", "T1", "M11", "--url", service.Url);
        Assert.Equal(1, mistyped.Code);
        Assert.Contains("Did you mean 'M1' or 'M2'?", mistyped.Error);
    }

    private static RatingLineage Rating(string organisation, string rater, string? because, string kind) => new(
        organisation, rater, kind, 1, "vulnerable", "0.8", "0.7", "0.9", null, 5, new Guid(1, 0, 0, new byte[8]),
        "2026-11-23T17:00:00.000000Z", "abc", because is null, because);

    private static async Task<Ran> AskAsync(CellLineage lineage)
    {
        await using var service = await FakeService.StartAsync(
            _ => new(200, JsonSerializer.Serialize(lineage, ContractJson.Options)));
        return await Mesh.RunAsync("cell", "why", "s", "T1", "M1", "--url", service.Url);
    }
}
