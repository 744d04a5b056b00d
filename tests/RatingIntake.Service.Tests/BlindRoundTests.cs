using System.Net;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class BlindRoundTests(IntakeMesh mesh)
{
    [Fact]
    public async Task A_blind_rating_is_a_leaf_only_until_its_round_closes()
    {
        var study = await mesh.StudyAsync("blind");
        var ann = mesh.As("lab-a", "ann", "rater");
        await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: 0.123456789m)]));
        var reader = mesh.As("", "");
        await reader.WaitForSizeAsync(study, 4);
        var before = await reader.GetAsync<LedgerPage>($"ledger/{study}/entries");
        Assert.Null(before.Entries[3].Opening);
        Assert.DoesNotContain("0.123456789", JsonSerializer.Serialize(before), StringComparison.Ordinal);
        Assert.Equal(["round-opened"], Types(await reader.GetAsync<LedgerOpenings>($"ledger/{study}/openings?round=1")));

        await mesh.As("owner", "mia", "round-manager").OkAsync<StudyChanged>($"studies/{study}/rounds/1:close", new { });
        await reader.WaitForSizeAsync(study, 5);
        Assert.Equal(
            ["round-opened", "ratings-submitted", "round-closed"],
            Types(await reader.GetAsync<LedgerOpenings>($"ledger/{study}/openings?round=1")));
        var after = await reader.GetAsync<LedgerPage>($"ledger/{study}/entries?from=3&limit=1");
        Assert.Equal(before.Entries[3].Leaf, after.Entries[0].Leaf);
        Assert.Contains("0.123456789", after.Entries[0].Opening!.Envelope, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sequenced_after_the_close_of_its_round_however_close_the_race()
    {
        const int Most = 5000;
        var study = await mesh.StudyAsync();
        var raters = Enumerable.Range(0, 16).Select(i => mesh.As("lab-a", $"racer-{i}", "rater")).ToArray();
        var racing = raters.Select(async (rater, i) =>
        {
            var accepted = 0;
            while (accepted < Most)
            {
                using var answer = await rater.PostAsync(
                    $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: (i * Most + accepted) / 100_000m)]));
                if (answer.StatusCode == HttpStatusCode.Conflict) break;
                Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
                accepted++;
            }

            return accepted;
        }).ToArray();
        await mesh.As("", "").WaitForSizeAsync(study, 20);
        await mesh.As("owner", "mia", "round-manager").OkAsync<StudyChanged>($"studies/{study}/rounds/1:close", new { });
        var accepted = (await Task.WhenAll(racing)).Sum();

        var head = await mesh.As("", "").WaitForSizeAsync(study, accepted + 4);
        Assert.Equal(accepted + 4, head.Size);
        Assert.InRange(accepted, 17, raters.Length * Most - 1);
        var last = await mesh.As("", "").GetAsync<LedgerPage>($"ledger/{study}/entries?from={head.Size - 1}");
        Assert.Equal("round-closed", Envelope.Parse(Encoding.UTF8.GetBytes(last.Entries[0].Opening!.Envelope)).Type);
    }

    private static IEnumerable<string> Types(LedgerOpenings openings) =>
        openings.Openings.Select(opening => Envelope.Parse(Encoding.UTF8.GetBytes(opening.Envelope)).Type);
}
