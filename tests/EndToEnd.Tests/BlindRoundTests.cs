using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Tests;

namespace AlignmentMesh.EndToEnd.Tests;

[Collection(OnOneMesh.Name)]
public sealed class BlindRoundTests(MeshRun run)
{
    private const string Canary = "0.271828182";
    private const string Words = "canary-rationale-7f3a";

    [Fact]
    public async Task A_blind_rounds_ratings_appear_nowhere_until_it_closes_and_then_everywhere()
    {
        await using var tap = await BrokerTap.StartAsync(run.Mesh.Servers.RabbitMqUri, nameof(LedgerExtended), nameof(MatrixRevised));
        var study = await run.StudyAsync(PaperTable.Catalogue, "blind", "lab-a");
        await run.Intake("lab-a", "expert", "rater").OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest(
            [new("RLHF", "COLL", Best: decimal.Parse(Canary, CultureInfo.InvariantCulture), Rationale: Words)]));
        var (before, _) = await run.WaitForVersionAsync(study, 4);
        await AssertReadUnderAGrantAsync(study);

        Assert.Equal((4L, 0), (before.Version, before.RatedCells));
        foreach (var page in await PagesAsync(study)) Assert.DoesNotContain(Canary, page, StringComparison.Ordinal);
        Assert.NotEmpty(tap.Messages);
        Assert.All(tap.Messages, message => Assert.DoesNotContain(Canary, message, StringComparison.Ordinal));
        AssertNotInTelemetry();

        await run.Manager.OkAsync<StudyChanged>($"studies/{study}/rounds/1:close", new { });
        var (after, _) = await run.WaitForVersionAsync(study, 5);
        Assert.Equal(1, after.RatedCells);
        Assert.Equal(0, after.Consensus.Single(cell => cell is { Technique: "RLHF", FailureMode: "COLL" }).Mean);
        Assert.Contains(Canary, (await PagesAsync(study))[0], StringComparison.Ordinal);
        var lineage = await run.Matrix.GetAsync<CellLineage>($"studies/{study}/matrix/cells/RLHF/COLL");
        Assert.Equal(Canary, lineage.Ratings.Single().Best);
        var past = await run.Matrix.GetAsync<MatrixView>($"studies/{study}/matrix?lens=crisp&version=4");
        Assert.Equal((before.Digest, 0), (past.Digest, past.RatedCells));
        // Released ratings are public, but no log and no span ever carries one.
        AssertNotInTelemetry();
    }

    /// <summary>One auditor sees it; that must change nothing for anybody else.</summary>
    private async Task AssertReadUnderAGrantAsync(string study)
    {
        var proposed = await run.Manager.OkAsync<AuditAccessRecord>($"studies/{study}/audit-grants", new AuditGrant(
            LocalTokens.Issuer, "ines", TimeProvider.System.GetUtcNow().AddDays(1), "drill"));
        await run.Intake("owner", "nora", "round-manager").OkAsync<AuditAccessRecord>(
            $"studies/{study}/audit-grants/{proposed.Grant}:confirm", new { });
        var read = await run.Intake("auditors", "ines", "auditor").GetAsync<LedgerOpenings>($"studies/{study}/unreleased?round=1");
        Assert.Contains(Canary, Assert.Single(read.Openings).Envelope, StringComparison.Ordinal);
    }

    private void AssertNotInTelemetry()
    {
        Assert.True(run.Traces.Received > 0);
        foreach (var secret in new[] { Canary, Words })
        {
            Assert.False(run.Traces.Mentions(secret), $"{secret} in an exported span or metric");
            foreach (var log in run.LogFiles) Assert.DoesNotContain(secret, ReadShared(log), StringComparison.Ordinal);
        }
    }

    private async Task<string[]> PagesAsync(string study)
    {
        async Task<string> TextAsync(MeshClient client, string path)
        {
            using var answer = await client.RawAsync(path);
            return await answer.Content.ReadAsStringAsync();
        }

        return
        [
            await TextAsync(run.Intake(), $"ledger/{study}/entries"),
            await TextAsync(run.Intake(), $"ledger/{study}/openings?round=1"),
            await TextAsync(run.Manager, $"studies/{study}/audit-access"),
            await TextAsync(run.Matrix, $"studies/{study}/matrix"),
            await TextAsync(run.Matrix, $"studies/{study}/matrix/cells/RLHF/COLL"),
            await TextAsync(run.Risk, $"studies/{study}/risk"),
        ];
    }

    private static string ReadShared(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return file.ReadToEnd();
    }
}
