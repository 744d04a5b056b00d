using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class FeedbackTests
{
    private static readonly RoundFeedback Feedback = new(
        "s", "synthetic example", 2, "blind", 12, "digest", "rohl-1(nu=4)", 1, new("s", "lab-a", "r-1", "human"),
        [
            new(
                "T", "M", new(2, "resistant", "0.2", "0.1", "0.4", null, "mine", null), 0.31, 0.1, 0.6, "uncertain", "contested",
                [new("lab-a", 0.25, [0.2, 0.3], 2, 0, 0), new("lab-b", 0.8, [0.8], 0, 0, 1)], new(0.3, 0.04, 0.34, 0.89),
                new(-0.052, 0.75, 0.4, new Dictionary<string, string>()), ["it was seen"]),
            new("T", null, new(1, null, "0.5", null, null, null, null, "stale"), null, null, null, null, null, [], null, null, []),
        ]);

    [Fact]
    public async Task A_round_is_told_with_the_own_answers_the_others_without_names_and_what_changed()
    {
        await using var service = await FakeService.StartAsync(_ => Json(Feedback));
        var variables = new Dictionary<string, string> { ["MESH_TOKEN"] = "the-token" };
        var ran = await Mesh.RunAsync("", variables, ["round", "feedback", "s", "2", "--url", service.Url]);
        Assert.Equal(0, ran.Code);
        Assert.StartsWith("s (synthetic example), version 12, round 2 (blind), rohl-1(nu=4)\nyou are r-1 of lab-a\n", ran.Out);
        Assert.Equal(
            [
                "T", "M", "resistant 0.2 (0.1 to 0.4)", "31%", "10% to 60%", "uncertain",
                "lab-a 25% (20% to 30%, 2); lab-b 80% (80% to 80%, 1)", "30%", "4%", "89%", "-5.2 points", "0.75", "0.4",
            ],
            ran.Rows[1]);
        Assert.Equal("0.5 (not counted: stale)", ran.Rows[2][2]);
        Assert.Equal(["T", "M", "it was seen"], ran.Rows[^1]);
        var asked = service.Requests.Single();
        Assert.Equal(("/api/v1/studies/s/rounds/2/feedback", "Bearer the-token"), (asked.Path, asked.Authorization));
    }

    [Fact]
    public async Task Without_a_token_it_is_asked_anonymously_and_json_is_what_the_service_answered()
    {
        await using var service = await FakeService.StartAsync(_ => Json(Feedback with { Rater = null }));
        var ran = await Mesh.RunAsync("round", "feedback", "s", "2", "--json", "--url", service.Url);
        Assert.True(JsonElement.DeepEquals(
            JsonSerializer.SerializeToElement(Feedback with { Rater = null }, ContractJson.Options), ran.Json));
        Assert.Empty(service.Requests.Single().Authorization);
    }

    [Fact]
    public async Task A_round_that_is_still_open_is_told_with_when_to_ask_again()
    {
        await using var service = await FakeService.StartAsync(asked => asked.Path.StartsWith("/problems/", StringComparison.Ordinal)
            ? new Answer(200, """{"slug":"round-still-open","whatToDo":"Ask again when it is closed."}""")
            : new Answer(409, """{"type":"/problems/round-still-open","title":"The round is still open"}"""));
        var ran = await Mesh.RunAsync("round", "feedback", "s", "2", "--url", service.Url);
        Assert.Equal(1, ran.Code);
        Assert.Contains("Next: Ask again when it is closed.", ran.Error);
    }

    private static Answer Json<T>(T value) => new(200, JsonSerializer.Serialize(value, ContractJson.Options));
}
