using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class ClientTests
{
    private static readonly Dictionary<string, string> WithToken = new() { ["MESH_TOKEN"] = "the-token" };

    private const string Receipt =
        """
        {"study":"s","organisation":"o","rater":"r-1","round":1,"eventId":"01890000-0000-7000-8000-000000000000","commitment":"c",
        "assessmentVersion":1,"changed":1}
        """;

    [Theory]
    [InlineData(400, 64)]
    [InlineData(401, 77)]
    [InlineData(403, 77)]
    [InlineData(404, 1)]
    [InlineData(409, 1)]
    [InlineData(412, 75)]
    [InlineData(422, 65)]
    [InlineData(500, 70)]
    [InlineData(502, 69)]
    public async Task A_problem_ends_with_its_exit_code_and_is_told_with_title_detail_and_trace_id(int status, int code)
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(
            status, """{"type":"about:blank","title":"The title","detail":"The detail.","traceId":"0123456789abcdef0123456789abcdef"}"""));
        var ran = await Mesh.RunAsync("study", "show", "s", "--url", service.Url);
        Assert.Equal(code, ran.Code);
        Assert.Contains("The title", ran.Error);
        Assert.Contains("The detail.", ran.Error);
        Assert.Contains("Trace id: 0123456789abcdef0123456789abcdef", ran.Error);
        Assert.Contains("Next: ", ran.Error);
        Assert.Empty(ran.Out);
    }

    [Fact]
    public async Task A_refusal_names_item_field_value_and_what_is_allowed_and_asks_what_was_meant()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(
            422,
            """
            {"type":"/problems/unknown-technique","title":"Refused: unknown technique","refusals":[{"reason":"unknown-technique",
            "item":"items[0]","field":"technique","value":"RLFH","allowed":"one of RLHF, RLAIF, Debate"}]}
            """));
        var ran = await Mesh.RunAsync("", WithToken, ["rate", "s", "--technique", "RLFH", "--best", "0.5", "--url", service.Url]);
        Assert.Equal(65, ran.Code);
        Assert.Contains("items[0].technique is 'RLFH'; allowed: one of RLHF, RLAIF, Debate.", ran.Error);
        Assert.Contains("Did you mean 'RLHF'?", ran.Error);
        Assert.Contains("Next: Nothing was changed.", ran.Error);
    }

    [Fact]
    public async Task What_to_do_next_comes_from_the_page_of_the_problem()
    {
        await using var service = await FakeService.StartAsync(asked => asked.Path == "/problems/one-version-only"
            ? new Answer(200, """{"slug":"one-version-only","whatToDo":"Do as the page says."}""")
            : new Answer(400, """{"type":"/problems/one-version-only","title":"More than one"}"""));
        var ran = await Mesh.RunAsync("matrix", "show", "s", "--url", service.Url);
        Assert.Contains("Next: Do as the page says.", ran.Error);
    }

    [Fact]
    public async Task A_mistyped_study_is_answered_with_the_one_that_exists()
    {
        await using var service = await FakeService.StartAsync(asked => asked.Path == "/api/v1/matrix/heads"
            ? new Answer(200, """{"heads":[{"study":"dung-mai-2025","version":4,"digest":"d"}]}""")
            : new Answer(404, """{"type":"/problems/unknown-study","title":"No such study","detail":"No study 'dung-mai-2024'."}"""));
        var ran = await Mesh.RunAsync("matrix", "show", "dung-mai-2024", "--url", service.Url);
        Assert.Equal(1, ran.Code);
        Assert.Contains("Did you mean 'dung-mai-2025'?", ran.Error);
    }

    [Fact]
    public async Task A_busy_service_is_asked_again_with_the_same_idempotency_key()
    {
        var answers = new Queue<Answer>([new(503, "{}"), new(429, "{}"), new(201, Receipt)]);
        await using var service = await FakeService.StartAsync(_ => answers.Dequeue());
        var ran = await Mesh.RunAsync(
            "", WithToken, ["rate", "s", "--technique", "T", "--failure-mode", "M", "--verdict", "resistant", "--url", service.Url]);
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Contains("Accepted in round 1 of s", ran.Out);
        Assert.Equal(3, service.Requests.Count);
        Assert.Single(service.Requests.Select(asked => asked.Key).Distinct());
        Assert.All(service.Requests, asked => Assert.Equal("Bearer the-token", asked.Authorization));
    }

    [Fact]
    public async Task A_rating_is_sent_as_it_was_typed()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(201, Receipt));
        await Mesh.RunAsync("", WithToken, [
            "rate", "s", "--technique", "T", "--failure-mode", "M", "--best", "0.7", "--lower", "0.5", "--upper", "0.9",
            "--confidence", "0.8", "--rationale", "because", "--evidence", "https://example.org/a", "--evidence", "https://example.org/b",
            "--url", service.Url]);
        var sent = JsonSerializer.Deserialize<SubmitRatingsRequest>(service.Requests.Single().Body, ContractJson.Options)!;
        var item = Assert.Single(sent.Items);
        Assert.Equal((0.7m, 0.5m, 0.9m, 0.8m, "because"), (item.Best, item.Lower, item.Upper, item.Confidence, item.Rationale));
        Assert.Equal(["https://example.org/a", "https://example.org/b"], item.Evidence!.Select(link => link.Url));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(201, Receipt));
        var ran = await Mesh.RunAsync("rate", "s", "--technique", "T", "--best", "0.5", "--url", service.Url);
        Assert.Equal(77, ran.Code);
        Assert.Contains("MESH_TOKEN_FILE", ran.Error);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task The_address_comes_from_the_environment_where_no_option_gives_it()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(200, """{"studies":[]}"""));
        var variables = new Dictionary<string, string> { ["MESH_INTAKE_URL"] = service.Url };
        var ran = await Mesh.RunAsync("", variables, ["study", "list", "--json"]);
        Assert.Equal(0, ran.Code);
        Assert.Equal("/api/v1/studies?after=", service.Requests.Single().Path);
    }

    [Fact]
    public async Task An_answer_that_is_no_such_answer_is_told_as_such()
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(200, "<html>"));
        var ran = await Mesh.RunAsync("matrix", "show", "s", "--url", service.Url);
        Assert.Equal(70, ran.Code);
        Assert.Contains("answered something else than expected", ran.Error);
    }
}
