using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.Tests;
using AlignmentMesh.Mesh.Cli.Auditing;
using AlignmentMesh.RiskScoring.Domain;
using Xunit.Abstractions;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary>
/// A seeded history of 100,000 ratings in 50 organisations with revisions, withdrawals, blind rounds, removals, redefinitions and
/// policies: published page by page as it grows, and every published version reproduced by who comes late.
/// </summary>
public sealed class LongHistoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Organisations = 50;
    private const int RatersEach = 4;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Every_published_version_of_a_seeded_history_is_reproduced() => Reproduce(ratings: 3_000, seed: 7);

    [Fact]
    [Trait("Length", "Long")]
    public void Every_published_version_of_a_hundred_thousand_ratings_is_reproduced() => Reproduce(ratings: 100_000, seed: 20261125);

    private void Reproduce(int ratings, int seed)
    {
        var draws = new Random(seed);
        var ledger = new StudyLedger("long", _key).Begun();
        foreach (var step in new SeededHistory(StudyLedger.Catalogue, Organisations, RatersEach, ratings, seed).Steps())
            ledger.Append(step.Event, step.Organisation, step.Rater);
        var entries = ledger.All();
        var published = Publish(ledger, entries, draws);
        var replay = new LedgerReplay("long");
        var comparison = new ReplayComparison(replay);
        var started = Stopwatch.GetTimestamp();
        foreach (var entry in entries)
        {
            replay.Take(entry);
            if (!published.TryGetValue(replay.Size, out var version)) continue;
            comparison.Compare(version.Matrix, null);
            comparison.Compare(version.Risk, version.Matrix.Digest, []);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Assert.Equal(published.Count, comparison.Versions.Compared);
        Assert.Equal(published.Count, comparison.Versions.Exact);
        Assert.Equal(2 * published.Count, comparison.Reports.Exact);
        Assert.Equal(ledger.Head(ledger.Size).Root, replay.Root);
        Assert.Empty(replay.StreamsWithGaps);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{entries.Count} entries, {published.Count} versions and their reports in {seconds:0.0} s: {ratings / seconds:0} ratings/s"));
    }

    /// <summary>What the services would publish: pages of up to 64 entries, blind ones as leaves first.</summary>
    private static Dictionary<long, (MatrixVersion Matrix, RiskVersion Risk)> Publish(
        StudyLedger ledger, IReadOnlyList<LedgerEntry> entries, Random draws)
    {
        var published = new Dictionary<long, (MatrixVersion, RiskVersion)>();
        var (state, next, blind) = (MatrixState.Empty("long"), 2L + draws.Next(64), false);
        ConsensusMatrix? matrix = null;
        foreach (var fold in entries.Select(FoldEntry.Read))
        {
            var rating = fold.Envelope!.Rater is not null;
            state = state.Apply(blind && rating ? fold with { Envelope = null } : fold);
            if (state.AwaitedOpenings is not null)
                state = state.Open(state.Hidden.Keys.Reverse().Select(index => FoldOpening.Read(entries[(int)index].Opening!)));
            blind = fold.Envelope.Type == "round-opened" ? state.Rounds[^1].Mode == "blind" : blind && fold.Envelope.Type != "round-closed";
            if (state.Next != next) continue;
            next += 1 + draws.Next(64);
            matrix = Consensus.Of(state, ledger.Head(state.Next).Root, matrix).Matrix;
            published[state.Next] = (new(matrix.Version, matrix.AsOf, matrix.Root, matrix.Digest!, 0), Scored(matrix));
        }

        return published;
    }

    private static RiskVersion Scored(ConsensusMatrix matrix) => new(
        matrix.Version, matrix.Digest!,
        Method.Lenses.ToDictionary(lens => lens, lens => new ScoreRisk(matrix, lens).Report(PortfolioChoice.Main).Digest!), "");
}
