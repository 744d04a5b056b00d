using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using CsCheck;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>However messages come, the numbers are those of the straight fold: the real loop, store and feed, on real servers.</summary>
[Collection(OnRealServers.Name)]
public sealed class DeliveryLaws(Servers servers)
{
    private static readonly Gen<Fate> Fates = Gen.Select(
        Gen.Int[1, 9], Gen.Int[0, 9], Gen.Int[0, 3].Array[0, 3], Gen.Int[-12, 3],
        (entries, again, delays, kill) => new Fate(entries, again == 9, delays, kill));

    private static readonly Gen<Schedule> Any = Gen.Select(
        Gen.Int[0, 1_000_000], Fates.Array[1, 24], (seed, fates) => new Schedule(seed, fates));

    [Fact]
    public Task Any_interleaving_of_duplicates_reorderings_losses_and_restarts_gives_the_same_roots_and_digests() => HoldsAsync(40);

    [Fact]
    [Trait("Length", "Long")]
    public Task A_thousand_interleavings_give_the_same_roots_and_digests() => HoldsAsync(1000);

    private async Task HoldsAsync(int schedules)
    {
        await using var scene = await servers.SceneAsync();
        await using var app = scene.Builder().Build();
        var (store, database) = (app.Services.GetRequiredService<IDocumentStore>(), app.Services.GetRequiredService<NpgsqlDataSource>());
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var parts = new ServiceCollection();
        parts.Add(scene.Builder().Services.Where(part => part.ServiceType != typeof(IHostedService)));
        parts.AddSingleton(store).AddSingleton(database).AddSingleton<TimeProvider>(new ImpatientClock());
        // One after the other: a start loads every study that is stored.
        await Any.SampleAsync(
            async schedule =>
            {
                var ledger = scene.Intake.Study();
                await new Deliveries(ledger, schedule).PlayAsync(() => FoldingProcess.StartAsync(parts));
                await RequireStraightFoldAsync(ledger, parts);
                await Sql.ScalarAsync(scene.Database, "truncate matrix.folded_entry, matrix.recorded_version, matrix.head");
            },
            iter: schedules, threads: 1);
    }

    /// <summary>A last process, started on what is stored, agrees with who folds the entries one by one.</summary>
    private static async Task RequireStraightFoldAsync(StudyLedger ledger, IServiceCollection parts)
    {
        await using var process = await FoldingProcess.StartAsync(parts);
        await process.FollowAsync(ledger);
        process.RequireSound();
        var published = (await process.VersionsAsync(ledger)).ToDictionary(matrix => matrix.Version);
        var state = MatrixState.Empty(ledger.Study);
        foreach (var entry in ledger.All())
        {
            state = state.Apply(FoldEntry.Read(entry));
            if (!published.Remove(state.Next, out var matrix)) continue;
            var expected = Consensus.Of(state, ledger.Head(state.Next).Root).Matrix;
            Assert.Equal((expected.Root, expected.Digest, expected.Digest), (matrix.Root, matrix.Digest, Consensus.DigestOf(matrix)));
        }

        Assert.Empty(published);
        var folded = process.Of(ledger);
        Assert.Equal(ledger.Head(ledger.Size).Root, Convert.ToHexStringLower(folded.Range.Root()));
        Assert.Equal(
            Consensus.Of(state, ledger.Head(ledger.Size).Root).Matrix.Digest,
            Consensus.Of(folded.State, ledger.Head(ledger.Size).Root).Matrix.Digest);
        Assert.Equal(folded.Size, folded.Recorded!.Matrix.Version);
    }
}
