using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class GivingFeedbackTests(Servers servers)
{
    private const string Salt = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static readonly RatedItem Reasoned = new("RLHF", "COLL", Best: "0.2", RationaleHash: "h1");

    [Fact]
    public async Task Before_the_close_there_is_a_problem_that_says_when_and_afterwards_the_round_without_names()
    {
        await using var scene = await servers.SceneAsync();
        scene.Intake.Rationales = [new("h1", "of ann", Salt), new("h2", "of bob", Salt)];
        var ledger = TwoRounds(scene.Intake.Study(), close: false);
        var host = await scene.StartAsync();
        await host.WaitForAsync(ledger);
        var path = $"studies/{ledger.Study}/rounds/2/feedback";
        var problem = await ProblemAsync(host.Http, path, HttpStatusCode.Conflict);
        Assert.Equal("/problems/round-still-open", problem.GetProperty("type").GetString());
        Assert.Contains("as soon as the round is closed", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("0.9", await host.Http.GetStringAsync($"studies/{ledger.Study}/rounds/1/feedback"), StringComparison.Ordinal);

        ledger.Append(new RoundClosed(2));
        await host.WaitForAsync(ledger);
        var text = await host.Http.GetStringAsync(path);
        Assert.DoesNotContain("ann-id", text, StringComparison.Ordinal);
        var feedback = JsonSerializer.Deserialize<RoundFeedback>(text, ContractJson.Options)!;
        Assert.Equal((2, "blind", 10L, 1, null), (
            feedback.Round, feedback.Mode, feedback.Version, feedback.EarlierRound, feedback.Rater));
        Assert.Equal(Oracle.Matrix(ledger, 10).Digest, feedback.Digest);
        var cell = feedback.Quantities.Single();
        Assert.Equal([("lab-a", 0.9), ("lab-b", 0.4)], cell.Organisations.Select(one => (one.Organisation, one.Median)));
        Assert.Equal(((0.9 + 0.4) / 2) - ((0.2 + 0.4) / 2), cell.Change!.Shift!.Value, 1e-12);
        Assert.Equal(["of bob"], cell.Rationales);

        ledger.Append(new RoundOpened(3, "open"));
        ledger.Rate("lab-a", "ann-id", "0.1");
        await host.WaitForAsync(ledger);
        Assert.Equal(text, await host.Http.GetStringAsync(path));
    }

    [Fact]
    public async Task A_round_whose_close_is_stored_and_not_in_memory_yet_is_closed()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = TwoRounds(scene.Intake.Study(), close: false);
        var host = await scene.StartAsync();
        await host.WaitForAsync(ledger);
        var studies = (FoldedStudies)host.Services.GetService(typeof(FoldedStudies))!;
        var before = studies.Of(ledger.Study);
        ledger.Append(new RoundClosed(2));
        await host.WaitForAsync(ledger);
        await MatrixHost.WaitUntilAsync(() => Task.FromResult(studies.Of(ledger.Study).Size == ledger.Size), () => "the memory");
        studies.Set(before);
        var feedback = await host.GetAsync<RoundFeedback>($"studies/{ledger.Study}/rounds/2/feedback");
        Assert.Equal(ledger.Size, feedback.Version);
        studies.Set(before);
        Assert.Equal(ledger.Size, (await host.GetAsync<MatrixView>($"studies/{ledger.Study}/matrix?round=2")).Version);
    }

    [Fact]
    public async Task A_raters_own_token_brings_the_own_answers_and_another_ones_does_not()
    {
        await using var scene = await servers.SceneAsync();
        scene.Intake.Rationales = [new("h2", "of ann, in round 2", Salt)];
        var ledger = TwoRounds(scene.Intake.Study(), close: true);
        var host = await scene.StartAsync();
        await host.WaitForAsync(ledger);
        var path = $"studies/{ledger.Study}/rounds/2/feedback";
        using var ann = As(host, "lab-a", "ann", "rater");
        scene.Intake.Raters[ann.DefaultRequestHeaders.Authorization!.ToString()] = new(ledger.Study, "lab-a", "ann-id", "human");
        using var answer = await ann.GetAsync(path);
        Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
        var own = (await answer.Content.ReadFromJsonAsync<RoundFeedback>(ContractJson.Options))!;
        Assert.Equal(new StudyRater(ledger.Study, "lab-a", "ann-id", "human"), own.Rater);
        Assert.Equal(("0.9", 2, "of ann, in round 2"), (
            own.Quantities[0].Own!.Best, own.Quantities[0].Own!.Round, own.Quantities[0].Own!.Rationale));
        Assert.Empty(own.Quantities[0].Rationales);

        using var stranger = As(host, "lab-c", "ann", "rater");
        var seen = (await stranger.GetFromJsonAsync<RoundFeedback>(path, ContractJson.Options))!;
        Assert.Equal((null, null), (seen.Rater, seen.Quantities[0].Own));
        Assert.Equal(["of ann, in round 2"], seen.Quantities[0].Rationales);

        var lines = (await ann.GetStringAsync($"{path}?format=csv")).TrimEnd().Split("\r\n").Select(line => line.Split(',')).ToArray();
        Assert.Equal(3, lines.Length);
        var row = lines[0].Zip(lines[1]).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal(("0.9", "lab-a", "1", "1"), (row["own_best"], row["organisation"], row["raters"], row["earlier_round"]));
        Assert.DoesNotContain("of ann", string.Join(' ', lines[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_rounds_and_an_intake_that_does_not_answer_are_problems()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = TwoRounds(scene.Intake.Study(), close: true);
        var host = await scene.StartAsync();
        await host.WaitForAsync(ledger);
        Assert.Equal("/problems/unknown-round", await TypeAsync(host.Http, $"studies/{ledger.Study}/rounds/3/feedback", 404));
        Assert.Equal("/problems/unknown-study", await TypeAsync(host.Http, "studies/none/rounds/1/feedback", 404));
        Assert.Equal("/problems/unknown-format", await TypeAsync(host.Http, $"studies/{ledger.Study}/rounds/1/feedback?format=xml", 400));
        scene.Intake.Rationales = null;
        Assert.Equal("/problems/intake-unreachable", await TypeAsync(host.Http, $"studies/{ledger.Study}/rounds/1/feedback", 503));
        // The numbers need nobody else.
        Assert.Contains("lab-a", await host.Http.GetStringAsync($"studies/{ledger.Study}/rounds/1/feedback?format=csv"),
            StringComparison.Ordinal);
    }

    /// <summary>Ann says 0.2 and Bob 0.4 in an open round, Ann 0.9 in a blind one.</summary>
    private static StudyLedger TwoRounds(StudyLedger ledger, bool close)
    {
        ledger.Begun();
        ledger.Append(new RatingsSubmitted(1, false, "human", [Reasoned]), "lab-a", "ann-id");
        ledger.Rate("lab-b", "bob-id", "0.4");
        ledger.Append(new RoundClosed(1));
        ledger.Append(new RoundOpened(2, "blind"));
        ledger.Append(
            new RatingsSubmitted(2, true, "human", [Reasoned with { Best = "0.9", RationaleHash = "h2" }]), "lab-a", "ann-id");
        if (close) ledger.Append(new RoundClosed(2));
        return ledger;
    }

    private HttpClient As(MatrixHost host, string organisation, string subject, string role)
    {
        var http = new HttpClient { BaseAddress = host.Http.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LocalTokens.Mint(
            servers.Keys, new TokenHolder(organisation, [role], subject), TimeSpan.FromMinutes(30), TimeProvider.System));
        return http;
    }

    private static async Task<string?> TypeAsync(HttpClient http, string path, int status) =>
        (await ProblemAsync(http, path, (HttpStatusCode)status)).GetProperty("type").GetString();

    private static async Task<JsonElement> ProblemAsync(HttpClient http, string path, HttpStatusCode status)
    {
        using var answer = await http.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
