using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>Two dozen studies behind one real broker, their pages lost, repeated and shuffled, the service started anew thrice.</summary>
[Collection(OnRealServers.Name)]
public sealed class ShuffledBrokerTests(Servers servers)
{
    private const int Studies = 24;
    private const int Starts = 3;

    private readonly Random _draws = new(20_261_126);

    [Fact]
    public async Task However_the_broker_delivers_every_version_that_is_stored_or_published_is_that_of_the_straight_fold()
    {
        await using var scene = await servers.SceneAsync();
        await scene.ListenAsync();
        var ledgers = Enumerable.Range(0, Studies).Select(seed => Told(scene.Intake.Study(), seed)).ToArray();
        MatrixHost? host = null;
        for (var part = 1; part <= Starts; part++)
        {
            foreach (var ledger in ledgers) scene.Intake.Show(ledger, ledger.Size * (part - 1) / Starts);
            var deliveries = ledgers
                .SelectMany(ledger => Deliveries(ledger, ledger.Size * (part - 1) / Starts, ledger.Size * part / Starts))
                .OrderBy(delivery => delivery.At).Select(delivery => delivery.Page).ToArray();
            var started = host is null ? await scene.StartAsync() : host;
            await scene.PublishAsync(deliveries.Take(deliveries.Length / 2));
            foreach (var ledger in ledgers) scene.Intake.Show(ledger, ledger.Size * part / Starts);
            // With deliveries under way, which the broker gives to the next start.
            await started.DisposeAsync();
            host = await scene.StartAsync();
            await scene.PublishAsync(deliveries.Skip(deliveries.Length / 2));
        }

        foreach (var ledger in ledgers) await host!.WaitForAsync(ledger);
        var expected = ledgers.ToDictionary(ledger => ledger.Study, Digests);
        foreach (var ledger in ledgers)
            foreach (var one in await host!.VersionsAsync(ledger))
                Assert.Equal((ledger.Head(one.Version).Root, expected[ledger.Study][one.Version]), (one.Root, one.Digest));
        await MatrixHost.WaitUntilAsync(
            () => Task.FromResult(ledgers.All(
                ledger => Published(scene).Any(one => (one.Study, one.Version) == (ledger.Study, ledger.Size)))),
            () => "the newest version of each study is published");
        Assert.All(Published(scene), one => Assert.Equal(expected[one.Study][one.Version], Consensus.DigestOf(one.Matrix)));
        Assert.Equal(ledgers.Sum(ledger => ledger.Size), await Sql.ScalarAsync(scene.Database, "select count(*) from matrix.folded_entry"));
    }

    private static StudyLedger Told(StudyLedger ledger, int seed)
    {
        ledger.Begun();
        foreach (var step in new SeededHistory(StudyLedger.Catalogue, 4, 2, ratings: 60, seed).Steps())
            ledger.Append(step.Event, step.Organisation, step.Rater);
        return ledger;
    }

    /// <summary>Pages of 1 to 9 entries: one in four is lost, the others come up to three times and up to six places late.</summary>
    private IEnumerable<(double At, LedgerPage Page)> Deliveries(StudyLedger ledger, long from, long until)
    {
        for (var next = from; from < until; from = next)
        {
            next = Math.Min(until, from + _draws.Next(1, 10));
            var page = ledger.Page(from, next);
            for (var copies = _draws.Next(4); copies > 0; copies--) yield return (from + 30 * _draws.NextDouble(), page);
        }
    }

    /// <summary>The digest of every version, by its size.</summary>
    private static Dictionary<long, string> Digests(StudyLedger ledger)
    {
        var state = MatrixState.Empty(ledger.Study);
        return ledger.All().ToDictionary(entry => entry.Index + 1, entry =>
        {
            state = state.Apply(FoldEntry.Read(entry));
            return Consensus.Of(state, ledger.Head(state.Next).Root).Matrix.Digest!;
        });
    }

    private static IEnumerable<MatrixRevised> Published(Scene scene) => scene.Revisions.All().Select(context => context.Message);
}
