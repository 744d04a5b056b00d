using System.Net;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Domain;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class AuditingUnreleasedTests(IntakeMesh mesh)
{
    private readonly AuditScene _scene = new(mesh);

    [Fact]
    public async Task Under_a_confirmed_grant_an_auditor_reads_a_blind_round_and_the_owner_sees_it_recorded()
    {
        var study = await _scene.BlindAsync();
        var grant = (await _scene.Manager("mia").OkAsync<AuditAccessRecord>($"studies/{study}/audit-grants", AuditScene.Grant)).Grant;
        await NothingToSeeAsync(study);
        using var alone = await _scene.Manager("mia").PostAsync($"studies/{study}/audit-grants/{grant}:confirm", new { });
        Assert.Equal(HttpStatusCode.Conflict, alone.StatusCode);
        Assert.Contains("second-manager-needed", await alone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await NothingToSeeAsync(study);
        await _scene.ConfirmAsync(study, grant);

        using var raw = await _scene.Auditor.RawAsync($"studies/{study}/unreleased?round=1");
        Assert.Equal((HttpStatusCode.OK, "no-store"), (raw.StatusCode, raw.Headers.CacheControl!.ToString()));
        var opening = Assert.Single((await _scene.Auditor.GetAsync<LedgerOpenings>($"studies/{study}/unreleased?round=1&from=2")).Openings);
        Assert.Contains("0.4321", opening.Envelope, StringComparison.Ordinal);
        Assert.Empty((await _scene.Auditor.GetAsync<LedgerOpenings>($"studies/{study}/unreleased?round=2")).Openings);
        using var other = await mesh.As("auditors", "otto", "auditor").RawAsync($"studies/{study}/unreleased?round=1");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);

        var log = await _scene.LogAsync(study);
        Assert.Equal(
            [(5L, "read", "ines"), (4, "read", "ines"), (3, "read", "ines"), (2, "confirmed", "nora"), (1, "proposed", "mia")],
            log.Records.Select(record => (record.Number, record.Action, record.Subject)));
        Assert.Equal(
            [new(2, 0, null, 0), new(1, 2, 3, 1), new UnreleasedRead(1, 0, 3, 1)],
            log.Records.Take(3).Select(record => record.Read!));
        Assert.Equal((AuditScene.Grant, null), (log.Records[4].Proposed, log.Next));
        Assert.All(log.Records, record => Assert.Equal((grant, LocalTokens.Issuer), (record.Grant, record.Issuer)));
    }

    [Fact]
    public async Task A_revoked_grant_ends_at_once_and_any_round_manager_of_the_owner_may_revoke()
    {
        var study = await _scene.BlindAsync();
        var grant = await _scene.GrantedAsync(study);
        await _scene.Auditor.GetAsync<LedgerOpenings>($"studies/{study}/unreleased?round=1");
        var revoked = await _scene.Manager("olaf").OkAsync<AuditAccessRecord>($"studies/{study}/audit-grants/{grant}:revoke", new { });
        await NothingToSeeAsync(study);
        var again = await _scene.Manager("mia").OkAsync<AuditAccessRecord>($"studies/{study}/audit-grants/{grant}:revoke", new { });
        Assert.Equal(revoked, again);
        using var reopened = await _scene.Manager("nora").PostAsync($"studies/{study}/audit-grants/{grant}:confirm", new { });
        Assert.Equal(HttpStatusCode.Conflict, reopened.StatusCode);
        Assert.Equal(revoked, (await _scene.LogAsync(study)).Records[0]);
    }

    [Fact]
    public async Task A_grant_whose_time_is_over_shows_nothing()
    {
        var study = await _scene.BlindAsync();
        var at = Timestamps.Format(AuditScene.Now.AddDays(-2));
        var over = AuditScene.Grant with { Until = AuditScene.Now };
        await _scene.StoreAsync(study, new(1, at, AuditAction.Proposed, 1, LocalTokens.Issuer, "mia", over));
        await _scene.StoreAsync(study, new(2, at, AuditAction.Confirmed, 1, LocalTokens.Issuer, "nora"));
        await NothingToSeeAsync(study);
        Assert.Equal(2, (await _scene.LogAsync(study)).Records.Count);
        // The same rows with an end that is not over: it was the time that kept the door shut.
        await _scene.StoreAsync(study, new(3, at, AuditAction.Proposed, 3, LocalTokens.Issuer, "mia", AuditScene.Grant));
        await _scene.StoreAsync(study, new(4, at, AuditAction.Confirmed, 3, LocalTokens.Issuer, "nora"));
        Assert.Single((await _scene.Auditor.GetAsync<LedgerOpenings>($"studies/{study}/unreleased?round=1")).Openings);
    }

    [Fact]
    public async Task What_is_released_is_not_read_here_and_others_never_see_what_is_not()
    {
        var study = await _scene.BlindAsync();
        await _scene.GrantedAsync(study);
        var before = await _scene.Auditor.GetAsync<LedgerOpenings>($"studies/{study}/unreleased?round=1&limit=1");
        Assert.Equal(4, before.Next);
        foreach (var path in new[] { "ledger/{0}/openings?round=1", "ledger/{0}/entries", "studies/{0}/rounds/1/rationales" })
        {
            using var answer = await _scene.Auditor.RawAsync(path.Replace("{0}", study, StringComparison.Ordinal));
            Assert.DoesNotContain("0.4321", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("0.4321", JsonSerializer.Serialize(await _scene.LogAsync(study)), StringComparison.Ordinal);
        await _scene.Manager("mia").OkAsync<StudyChanged>($"studies/{study}/rounds/1:close", new { });
        var released = await mesh.As("", "").WaitForSizeAsync(study, 5);
        Assert.Empty((await _scene.Auditor.GetAsync<LedgerOpenings>($"studies/{study}/unreleased?round=1")).Openings);
        Assert.Equal(5, released.Size);
    }

    [Fact]
    public async Task Records_come_in_pages_and_concurrent_ones_get_numbers_without_gap()
    {
        var study = await _scene.BlindAsync();
        await _scene.GrantedAsync(study);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(
            _ => _scene.Auditor.GetAsync<LedgerOpenings>($"studies/{study}/unreleased?round=1")));
        var (numbers, sizes) = (new List<long>(), new List<int>());
        for (long? before = 1000; before is not null;)
        {
            var page = await _scene.Manager("mia").GetAsync<AuditAccessLog>($"studies/{study}/audit-access?before={before}&limit=5");
            numbers.AddRange(page.Records.Select(record => record.Number));
            sizes.Add(page.Records.Count);
            before = page.Next;
        }

        Assert.Equal(Enumerable.Range(1, 12).Reverse().Select(number => (long)number), numbers);
        Assert.Equal([5, 5, 2], sizes);
    }

    private async Task NothingToSeeAsync(string study)
    {
        using var answer = await _scene.Auditor.RawAsync($"studies/{study}/unreleased?round=1");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
