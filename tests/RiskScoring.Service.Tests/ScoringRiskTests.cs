using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.ScoringRisk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlignmentMesh.RiskScoring.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ScoringRiskTests(OneHost one) : IClassFixture<OneHost>
{
    private readonly RiskServers _servers = one.Servers;

    [Fact]
    public async Task A_published_matrix_becomes_the_papers_numbers()
    {
        var study = _servers.Study();
        await one.ScoreAsync(study, 4);

        var report = await one.Host.GetAsync<RiskReport>($"studies/{study}/risk?lens=crisp");
        var all = report.Portfolios.Single(portfolio => portfolio.Techniques.Count == 7);
        Assert.Equal(0.40951, report.Portfolios.Single(portfolio => portfolio.Name == "RLHF pipeline").Joint, 12);
        Assert.Equal(0.13390345, report.Portfolios.Single(portfolio => portfolio.Name == "Debate and RE").Joint, 12);
        Assert.Equal(0.02482255, all.Joint, 12);
        Assert.Equal(92.783, all.DependenceEffect!.Value, 3);
        Assert.Equal("AL-GEN", report.Importance.MaxBy(mode => mode.Criticality)!.FailureMode);
        Assert.True(report.Published);
    }

    [Fact]
    public async Task A_stored_report_reads_back_to_the_last_bit()
    {
        var (study, matrix) = (_servers.Study(), PaperMatrix.Of(_servers.Study(), 9));
        matrix = PaperMatrix.Signed(matrix with { Study = study });
        await _servers.PublishAsync(matrix);
        await one.Host.WaitForVersionAsync(study, 9);

        foreach (var lens in Lenses.All)
        {
            var stored = await one.Host.GetAsync<RiskReport>($"studies/{study}/risk?version=9&lens={lens}");
            Assert.Equal(new ScoreRisk(matrix, lens).Report(PortfolioChoice.Main).Digest, stored.Digest);
            Assert.Equal(ScoreRisk.DigestOf(stored), stored.Digest);
        }

        var scored = (await one.Host.VersionsAsync(study)).Single();
        var recorded = await one.Host.Services.GetRequiredService<ScoredVersions>()
            .ReadAsync(new ScoredVersion("", study, 9, 1, "", scored.Digests, ""), default);
        Assert.Equal(matrix.Digest, PaperMatrix.Signed(recorded.Matrix).Digest);
        Assert.Equal(matrix.Digest, scored.MatrixDigest);
    }

    [Fact]
    public async Task Repeated_older_and_shuffled_messages_change_nothing()
    {
        using var measured = new Measured();
        var study = _servers.Study();
        await one.ScoreAsync(study, 20);
        var before = await one.Host.GetAsync<RiskReport>($"studies/{study}/risk");

        long[] late = [3, 20, 11, 19, 3, 20, 7];
        foreach (var version in late) await _servers.PublishAsync(PaperMatrix.Of(study, version));
        await Eventually.IsTrueAsync("all of them are skipped", () => measured.Of("risk.skipped", study) == late.Length);

        Assert.Equal([20L], (await one.Host.VersionsAsync(study)).Select(scored => scored.Version));
        Assert.Equal(before.Digest, (await one.Host.GetAsync<RiskReport>($"studies/{study}/risk")).Digest);
        Assert.Equal(1, measured.Of("risk.scored", study));
        Assert.Equal(0, measured.Of("risk.refused", study));
    }

    [Fact]
    public async Task Of_the_versions_that_wait_only_the_newest_is_scored()
    {
        using var measured = new Measured();
        var (study, other) = (_servers.Study(), _servers.Study());
        var services = one.Host.Services;
        using var scorer = new RiskScorer(
            services.GetRequiredService<ScoredVersions>(), services.GetRequiredService<MatrixCheck>(),
            services.GetRequiredService<RiskMetrics>(), TimeProvider.System, NullLogger<RiskScorer>.Instance);
        long[] waiting = [5, 2, 9, 1, 9, 8];
        var offers = waiting.Select(version => scorer.OfferAsync(PaperMatrix.Of(study, version), null, default)).ToList();
        offers.Add(scorer.OfferAsync(PaperMatrix.Of(other, 1), null, default));
        await scorer.StartAsync(default);
        await Task.WhenAll(offers);
        await scorer.StopAsync(default);

        Assert.Equal([9L], (await one.Host.VersionsAsync(study)).Select(scored => scored.Version));
        Assert.Equal([1L], (await one.Host.VersionsAsync(other)).Select(scored => scored.Version));
        Assert.Equal(waiting.Length - 1, measured.Of("risk.skipped", study));
    }

    [Theory]
    [InlineData("wrong-digest")]
    [InlineData("wrong-version")]
    public async Task A_message_that_is_not_what_it_says_is_refused_and_counted(string reason)
    {
        using var measured = new Measured();
        var (study, matrix) = (_servers.Study(), PaperMatrix.Of(_servers.Study(), 3));
        matrix = PaperMatrix.Signed(matrix with { Study = study });
        await _servers.PublishAsync(reason == "wrong-digest"
            ? new MatrixRevised(study, 3, matrix with { AsOf = "2026-03-01T09:30:00.000004Z" })
            : new MatrixRevised(study, 4, matrix));
        await Eventually.IsTrueAsync("it is refused", () => measured.Of("risk.refused", study) == 1 && measured.Of("risk.refused",
            reason) >= 1);

        // The queue goes on, and what was refused left nothing behind.
        await one.ScoreAsync(study, 2);
        Assert.Equal([2L], (await one.Host.VersionsAsync(study)).Select(scored => scored.Version));
    }

    [Fact]
    public async Task Two_matrices_of_one_version_are_reported_and_the_first_stays()
    {
        using var measured = new Measured();
        var study = _servers.Study();
        var first = PaperMatrix.Of(study, 6);
        await _servers.PublishAsync(first);
        await one.Host.WaitForVersionAsync(study, 6);
        await _servers.PublishAsync(PaperMatrix.Signed(first with { Root = new string('c', 64) }));
        await Eventually.IsTrueAsync("the second is reported", () => measured.Of("risk.refused", study) == 1);
        Assert.Equal(first.Digest, (await one.Host.VersionsAsync(study)).Single().MatrixDigest);
    }

    [Fact]
    public async Task After_a_restart_stored_versions_answer_and_new_ones_are_scored()
    {
        var study = _servers.Study();
        await one.ScoreAsync(study, 1);
        var before = await one.Host.GetAsync<RiskReport>($"studies/{study}/risk");

        await one.RestartAsync(() => _servers.PublishAsync(PaperMatrix.Of(study, 2)));
        await one.Host.WaitForVersionAsync(study, 2);
        var after = await one.Host.GetAsync<RiskReport>($"studies/{study}/risk?version=1");
        Assert.Equal(before.Digest, after.Digest);
        Assert.True(after.Published);
    }

    [Fact]
    public async Task Two_processes_on_one_database_keep_one_report_of_a_version()
    {
        using var measured = new Measured();
        await using var second = await RiskHost.StartAsync(_servers, one.Database, one.Matrix.Address);
        var study = _servers.Study();
        RiskScorer[] scorers = [one.Host.Services.GetRequiredService<RiskScorer>(), second.Services.GetRequiredService<RiskScorer>()];
        for (var version = 1L; version <= 12; version++)
        {
            var matrix = PaperMatrix.Of(study, version);
            await Task.WhenAll(scorers.Select(scorer => scorer.OfferAsync(matrix, null, default)));
        }

        Assert.Equal(Enumerable.Range(1, 12).Select(version => (long)version), (await second.VersionsAsync(study)).Select(scored =>
            scored.Version));
        Assert.Equal(12, measured.Of("risk.scored", study));
        Assert.Equal(12, measured.Of("risk.skipped", study));
    }
}
