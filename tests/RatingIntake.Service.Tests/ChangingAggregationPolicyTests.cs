using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ChangingAggregationPolicyTests(IntakeMesh mesh)
{
    private static readonly ChangeAggregationPolicyRequest Change = new(new(Rho: 0.80m, Nu: 4), "Our labs share their data.");

    [Fact]
    public async Task The_studys_constants_are_in_its_ledger_as_decimals_and_stand_in_its_view()
    {
        var study = await mesh.StudyAsync("blind");
        var manager = mesh.As("owner", "mia", "round-manager");
        var changed = await manager.OkAsync<StudyChanged>($"studies/{study}/policy", Change, key: study);
        var again = await manager.OkAsync<StudyChanged>($"studies/{study}/policy", Change, key: study);
        var repeated = await manager.OkAsync<StudyChanged>($"studies/{study}/policy", Change);
        Assert.Equal((4L, changed, null), (changed.Version, again, repeated.EventId));

        var reader = mesh.As("", "");
        await reader.WaitForSizeAsync(study, 4);
        // A study event is released at once, though the round is blind.
        var entry = (await reader.GetAsync<LedgerPage>($"ledger/{study}/entries?from=3")).Entries.Single();
        var envelope = Envelope.Parse(Encoding.UTF8.GetBytes(entry.Opening!.Envelope));
        Assert.Equal(("aggregation-policy-changed", "owner"), (envelope.Type, envelope.Organisation));
        Assert.Equal(
            """{"constants":{"nu":4,"rho":"0.8"},"reason":"Our labs share their data."}""",
            Encoding.UTF8.GetString(CanonicalJson.Serialize(envelope.Data, ContractJson.Options)));
        Assert.Equal(
            new AggregationPolicyChanged(new(Rho: "0.8", Nu: 4), "Our labs share their data."),
            (await reader.GetAsync<StudyView>($"studies/{study}")).Policy);
    }

    [Fact]
    public async Task Constants_out_of_range_are_refused_by_name_value_and_range_and_change_nothing()
    {
        var study = await mesh.StudyAsync();
        using var answer = await mesh.As("owner", "mia", "round-manager").PostAsync(
            $"studies/{study}/policy", new ChangeAggregationPolicyRequest(new(Rho: 1.5m, Nu: 3), "a slip"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.EndsWith("/constant-out-of-range", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            [("rho", "1.5", "0..1"), ("nu", "3", "one of 1, 2, 4")],
            problem.GetProperty("refusals").EnumerateArray().Select(refusal => (
                refusal.GetProperty("field").GetString(), refusal.GetProperty("value").GetString(),
                refusal.GetProperty("allowed").GetString())));
        Assert.Null((await mesh.As("", "").GetAsync<StudyView>($"studies/{study}")).Policy);
    }

    [Theory]
    [InlineData("lab-a", "round-manager", "not-the-owner")]
    [InlineData("owner", "rater", "not-allowed")]
    public async Task Nobody_but_a_round_manager_of_the_owner_sets_them(string organisation, string role, string problem)
    {
        var study = await mesh.StudyAsync();
        using var answer = await mesh.As(organisation, "eve", role).PostAsync($"studies/{study}/policy", Change);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.EndsWith(
            problem, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Null((await mesh.As("", "").GetAsync<StudyView>($"studies/{study}")).Policy);
    }
}
