using System.Text.Json;
using System.Net;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ImportingRatingsTests(IntakeMesh mesh)
{
    private const string File =
        """
        organisation,rater,technique,failure_mode,verdict,best,withdrawn
        lab-a,ann,RLHF,COLL,vulnerable,,
        lab-a,ann,,AL-GEN,,0.2,
        lab-a,bob,Debate,,,0.3,
        lab-b,eve,RLHF,COLL,vulnerable,,
        lab-a,bob,Debate,COLL,,high,
        lab-a,bob,Nothing,COLL,,0.1,
        lab-a,ann,RLHF,COLL,resistant,,
        """;

    [Fact]
    public async Task Good_rows_are_taken_together_and_every_bad_row_is_named()
    {
        var study = await mesh.StudyAsync();
        var admin = mesh.As("lab-a", "ada", "org-admin");
        var tried = await admin.OkAsync<ImportResult>($"studies/{study}/ratings:import?dryRun=true", File);
        var done = await admin.OkAsync<ImportResult>($"studies/{study}/ratings:import", File, key: study);
        var again = await admin.OkAsync<ImportResult>($"studies/{study}/ratings:import", File, key: study);

        Assert.Equal((4, 3, 0), (tried.Accepted, tried.Rejected, tried.Receipts.Count));
        Assert.Equal(
            [(5, "organisation", "another-organisation"), (6, "best", "unreadable"), (7, "technique", "unknown-technique")],
            done.Errors.Select(error => (error.Row, error.Column!, error.Code)));
        // ann's later row supersedes her earlier one: two sheets of hers, one of bob's.
        Assert.Equal([1L, 2L, 1L], done.Receipts.Select(receipt => receipt.AssessmentVersion));
        Assert.Equal(
            JsonSerializer.Serialize(done.Receipts, ContractJson.Options), JsonSerializer.Serialize(again.Receipts, ContractJson.Options));
        var head = await admin.WaitForSizeAsync(study, 6);
        Assert.Equal(6, head.Size);
        var own = await mesh.As("lab-a", "ann", "rater").GetAsync<AssessmentView>($"studies/{study}/assessment");
        Assert.Equal("resistant", own.Items.Single(item => item.Technique == "RLHF").Verdict);
    }

    [Fact]
    public async Task An_atomic_import_with_a_bad_row_stores_nothing()
    {
        var study = await mesh.StudyAsync();
        var admin = mesh.As("lab-a", "ada", "org-admin");
        using var refused = await admin.PostAsync($"studies/{study}/ratings:import?atomic=true", File);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(3, (await admin.WaitForSizeAsync(study, 3)).Size);
    }

    [Fact]
    public async Task A_rater_imports_for_itself_only()
    {
        var study = await mesh.StudyAsync();
        var result = await mesh.As("lab-a", "bob", "rater").OkAsync<ImportResult>(
            $"studies/{study}/ratings:import", "rater,technique,failure_mode,best\nann,RLHF,COLL,0.1\n,Debate,COLL,0.2\n");
        Assert.Equal([(2, "another-rater")], result.Errors.Select(error => (error.Row, error.Code)));
        Assert.Equal(1, result.Accepted);
    }
}
