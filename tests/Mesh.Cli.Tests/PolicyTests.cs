using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class PolicyTests
{
    private static readonly Dictionary<string, string> WithToken = new() { ["MESH_TOKEN"] = "the-token" };

    private static readonly object[] Events =
    [
        new StudyOpened("s", "A study", "owner", new([new("T", "T", "t")], [new("M", "M", "m"), new("N", "N", "n")], [])),
        new RoundOpened(1, "open"),
        new RatingsSubmitted(1, false, "human", [new("T", "M", Best: "0.9")]),
        new RatingsSubmitted(1, false, "human", [new("T", "M", Best: "0.9")]),
    ];

    [Fact]
    public async Task The_constants_are_sent_with_the_reason_and_named_in_the_answer()
    {
        await using var service = await FakeService.StartAsync(_ => Json(new StudyChanged("s", Guid.Empty, "c", 4)));
        var ran = await Mesh.RunAsync(
            "", WithToken, ["study", "policy", "s", "--rho", "0.80", "--nu", "4", "--reason", "because", "--url", service.Url]);
        Assert.Equal(0, ran.Code);
        Assert.Contains("cells are pooled by rohl-1(rho=0.8,nu=4), event", ran.Out);
        var asked = service.Requests.Single();
        Assert.Equal(("POST", "/api/v1/studies/s/policy"), (asked.Method, asked.Path));
        Assert.NotEmpty(asked.Key);
        Assert.Equal(
            new ChangeAggregationPolicyRequest(new(Rho: 0.8m, Nu: 4), "because"),
            JsonSerializer.Deserialize<ChangeAggregationPolicyRequest>(asked.Body, ContractJson.Options));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_says_what_would_become_of_the_matrix()
    {
        await using var service = await FakeService.StartAsync(Ledger);
        string[] command = ["study", "policy", "s", "--sigma-within", "5", "--dry-run", "--url", service.Url];
        var ran = await Mesh.RunAsync("", WithToken, command);
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Contains("s, version 4: rohl-1 would become rohl-1(sigmaWithin=5); nothing was changed.", ran.Out);
        Assert.Contains("1 of 1 rated cells would get another verdict.", ran.Out);
        Assert.Matches(@"Furthest moves T x M, by -\d\d\.\d points\.", ran.Out);
        Assert.All(service.Requests, asked => Assert.Equal("GET", asked.Method));

        var json = (await Mesh.RunAsync("", WithToken, [.. command, "--json"])).Json;
        Assert.Equal((1, 1), (json.GetProperty("ratedCells").GetInt32(), json.GetProperty("changedVerdicts").GetInt32()));
        Assert.InRange(json.GetProperty("largestShift").GetDouble(), -0.5, -0.05);
    }

    [Theory]
    [InlineData("--rho is '1.5'; allowed: 0..1", "--rho", "1.5")]
    [InlineData("--nu is '3'; allowed: 1, 2, 4", "--nu", "3")]
    [InlineData("--s-min is '0.1000000001'; allowed: at most 9 digits after the point", "--s-min", "0.1000000001")]
    [InlineData("Allowed: one constant or more, or --reset without any.")]
    [InlineData("Allowed: one constant or more, or --reset without any.", "--reset", "--nu", "1")]
    public async Task What_cannot_be_meant_is_not_sent(string says, params string[] options)
    {
        await using var service = await FakeService.StartAsync(_ => new Answer(500, "{}"));
        var ran = await Mesh.RunAsync("", WithToken, ["study", "policy", "s", "--reason", "because", "--url", service.Url, .. options]);
        Assert.Equal(64, ran.Code);
        Assert.Contains(says, ran.Error);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_reason_is_needed_to_change_and_the_study_shows_it_afterwards()
    {
        var view = new StudyView(
            "s", "A study", "owner", null, "open", 4, new([], [], []), [], [], null, new(new(Rho: "0.5", Nu: 4), "Correlated."));
        await using var service = await FakeService.StartAsync(_ => Json(view));
        var ran = await Mesh.RunAsync("", WithToken, ["study", "policy", "s", "--reset", "--url", service.Url]);
        Assert.Equal(64, ran.Code);
        Assert.Contains("--reason is missing", ran.Error);
        Assert.Empty(service.Requests);
        Assert.Contains(
            "Pooled by rohl-1(nu=4): Correlated.", (await Mesh.RunAsync("study", "show", "s", "--url", service.Url)).Out);
    }

    private static Answer Ledger(Asked asked) => asked.Path.Contains("/entries", StringComparison.Ordinal)
        ? Json(new LedgerPage("s", 0, [.. Events.Select((@event, at) => Entry(at, @event))], new("s", Events.Length, "00", "")))
        : Json(new TreeHead("s", Events.Length, "00", ""));

    private static LedgerEntry Entry(int index, object @event)
    {
        var at = $"2026-11-23T17:00:0{index}.000000Z";
        var (organisation, round) = @event is RatingsSubmitted ? ($"o{index}", 1) : ("owner", (int?)null);
        var rater = @event is RatingsSubmitted ? "r" : null;
        var envelope = new Envelope(
            "s", "stream", index + 1, LedgerEventNames.Of(@event.GetType()), 1, organisation, rater, round,
            at, JsonSerializer.SerializeToElement(@event, @event.GetType(), ContractJson.Options)).ToBytes();
        var leaf = new Leaf(new Guid(index, 0, 0, new byte[8]), Convert.ToHexStringLower(SHA256.HashData(envelope)), at).ToBytes();
        return new(index, Encoding.UTF8.GetString(leaf), new(index, "", Encoding.UTF8.GetString(envelope)), null);
    }

    private static Answer Json<T>(T value) => new(200, JsonSerializer.Serialize(value, ContractJson.Options));
}
