using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.PullingMatrices;
using AlignmentMesh.RiskScoring.Service.ScoringRisk;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>However MatrixRevised messages come, a version has one report, and it is that of its matrix.</summary>
[Collection(OnRealServers.Name)]
public sealed class DeliveryLaws(OneHost one) : IClassFixture<OneHost>
{
    private const int Versions = 12;

    /// <summary>In bursts, versions in any order, some of them twice and some never; after each burst the process may be killed.</summary>
    private static readonly Gen<(long[] Versions, bool Kill)[]> Bursts =
        Gen.Select(Gen.Long[1, Versions].Array[1, 6], Gen.Bool, (versions, kill) => (versions, kill)).Array[1, 6];

    [Fact]
    public Task Any_interleaving_of_duplicates_reorderings_losses_and_restarts_gives_the_same_reports() =>
        Bursts.SampleAsync(
            async bursts =>
            {
                var study = one.Servers.Study();
                var scorer = await StartAsync();
                List<long> known = [];
                foreach (var (versions, kill) in bursts)
                {
                    var offers = versions.Select(version => scorer.OfferAsync(Matrix(study, version), null, default)).ToArray();
                    if (kill)
                    {
                        await scorer.StopAsync(default);
                        scorer.Dispose();
                        await Task.WhenAll(offers).ContinueWith(_ => { }, TaskScheduler.Default);
                        scorer = await StartAsync();
                        // The broker delivers again what was not acknowledged.
                        var again = versions.Zip(offers).Where(pair => !pair.Second.IsCompletedSuccessfully).Select(pair => pair.First);
                        offers = [.. again.Select(version => scorer.OfferAsync(Matrix(study, version), null, default))];
                    }

                    await Task.WhenAll(offers);
                    var scored = await one.Host.VersionsAsync(study);
                    // What was acknowledged is stored, or a newer version is; nothing is stored behind one that was newer.
                    Assert.InRange(scored[^1].Version, versions.Max(), Versions);
                    Assert.Equal(known, scored.Take(known.Count).Select(version => version.Version));
                    known = [.. scored.Select(version => version.Version)];
                }

                await scorer.StopAsync(default);
                scorer.Dispose();
                await RequireEachOnceAsync(study);
            },
            iter: 60, threads: 1);

    /// <summary>A newest version that no message brought is fetched; then every report is looked at.</summary>
    private async Task RequireEachOnceAsync(string study)
    {
        one.Matrix.Publish(Matrix(study, Versions));
        await one.Host.Services.GetRequiredService<MatrixPull>().PullNowAsync(dryRun: false, default);
        var scored = await one.Host.VersionsAsync(study);
        Assert.Equal(scored.Select(version => version.Version).Distinct().Order(), scored.Select(version => version.Version));
        Assert.Equal(Versions, scored[^1].Version);
        foreach (var version in scored)
        {
            Assert.Equal(Matrix(study, version.Version).Digest, version.MatrixDigest);
            foreach (var lens in Lenses.All)
            {
                var stored = await one.Host.GetAsync<RiskReport>($"studies/{study}/risk?version={version.Version}&lens={lens}");
                var expected = new ScoreRisk(Matrix(study, version.Version), lens).Report(PortfolioChoice.Main).Digest;
                Assert.Equal((expected, expected, expected), (version.Digests[lens], stored.Digest, ScoreRisk.DigestOf(stored)));
            }
        }
    }

    private async Task<RiskScorer> StartAsync()
    {
        var services = one.Host.Services;
        var scorer = new RiskScorer(
            services.GetRequiredService<ScoredVersions>(), services.GetRequiredService<MatrixCheck>(),
            services.GetRequiredService<RiskMetrics>(), TimeProvider.System, NullLogger<RiskScorer>.Instance);
        await scorer.StartAsync(default);
        return scorer;
    }

    /// <summary>Each version says something else.</summary>
    private static ConsensusMatrix Matrix(string study, long version) =>
        PaperMatrix.Dense(study, version, 3, 2, at => (at + version) % 10 / 10.0);
}
