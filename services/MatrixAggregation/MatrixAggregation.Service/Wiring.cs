using AlignmentMesh.EventStore;
using AlignmentMesh.MatrixAggregation.Service.ComparingOrganisations;
using AlignmentMesh.MatrixAggregation.Service.ComparingVersions;
using AlignmentMesh.MatrixAggregation.Service.ExplainingCells;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using AlignmentMesh.MatrixAggregation.Service.GivingFeedback;
using AlignmentMesh.MatrixAggregation.Service.ListingVersions;
using AlignmentMesh.MatrixAggregation.Service.MeasuringAgreement;
using AlignmentMesh.MatrixAggregation.Service.PublishingRevisions;
using AlignmentMesh.MatrixAggregation.Service.PullingLedger;
using AlignmentMesh.MatrixAggregation.Service.ReadingDeltas;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.MatrixAggregation.Service.RebuildingStudy;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.MatrixAggregation.Service.ReplayingStudy;
using AlignmentMesh.MatrixAggregation.Service.ReportingProgress;
using AlignmentMesh.MatrixAggregation.Service.RewindingRelay;
using AlignmentMesh.MatrixAggregation.Service.VaryingConstants;
using AlignmentMesh.ServiceDefaults;
using AlignmentMesh.ServiceDefaults.Operations;
using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service;

/// <summary>What matrix-aggregation is made of, by name: store, consumer, loops and routes.</summary>
internal static class Wiring
{
    /// <summary>The queue of <see cref="LedgerExtendedConsumer"/>.</summary>
    public const string Queue = "matrix-aggregation";

    public static void AddMatrixAggregation(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<LedgerOptions>().BindConfiguration("Ledger").ValidateDataAnnotations().ValidateOnStart();
        foreach (var problem in MatrixProblems.All) services.AddSingleton(problem);
        services.AddExamples();
        services.AddSingleton<MatrixMetrics>().AddSingleton<PageKey>().AddSingleton<FoldReport>();
        services.AddSingleton<VersionLog>().AddSingleton<VersionCache>().AddSingleton<Versions>().AddSingleton<VersionFinder>();
        services.AddSingleton(_ => ComputingTurn.OfThisMachine());
        services.AddKeyedSingleton(ComputingTurn.Long, (_, _) => ComputingTurn.OfLongOnes());
        services.AddSingleton<CellChanges>().AddSingleton<VersionComparison>();
        services.AddSingleton<FoldedEntries>().AddSingleton<FoldCheckpoints>().AddSingleton<StoredFold>();
        services.AddSingleton<FoldedStudies>().AddSingleton<PageFolder>().AddSingleton<PageStorer>();
        services.AddSingleton<FoldTurn>().AddSingleton<StudyReplacement>().AddSingleton<StudyRebuild>();
        services.AddSingleton<VersionReplay, StudyReplay>();
        services.AddSingleton<LedgerPull>().AddSingleton<MatrixPositions>();
        builder.AddOperations(new Operated(MatrixTracing.Service, MatrixSchema.Name, Queue));
        services.AddSingleton<FeedPull>().AddSingleton<FeedTargets>().AddSingleton<WaitingPages>();
        builder.AddPeer<LedgerFeed>("RatingIntake");
        builder.AddPeer<IntakeClient>("RatingIntake");

        AddWakes(services);
        builder.AddStore();
        services.AddSingleton<FoldLoop>().AddHostedService(provider => provider.GetRequiredService<FoldLoop>());
        services.AddHostedService<SizeComparison>();
        services.AddHostedService<RevisionRelay>();
        builder.AddPublishingBus();
        builder.AddConsumingBus<LedgerExtendedConsumer>(Queue);
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", tags: [Health.Readiness])
            .AddCheck<FoldHealth>("fold", tags: [Health.Readiness]);
    }

    public static void MapMatrixAggregation(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapReadMatrix();
        api.MapListVersions();
        api.MapExplainCell();
        api.MapCompareVersions();
        api.MapReadDeltas();
        api.MapMeasureAgreement();
        api.MapVaryConstants();
        api.MapGiveFeedback();
        api.MapCompareOrganisations();
        api.MapReportProgress();
        api.MapRewindRelay();
        api.MapPullLedger();
        api.MapRebuildStudy();
        api.MapReplayStudy();
        api.MapQueueOperations();
        api.MapOperationLog();
    }

    private static void AddStore(this WebApplicationBuilder builder)
    {
        var connection = builder.Configuration.GetConnectionString("Postgres")
            ?? throw new InvalidOperationException("Set ConnectionStrings:Postgres to matrix-aggregation's own database.");
        builder.Services.AddEventStore(connection, MatrixSchema.Name, (provider, options) =>
        {
            options.Events.MapEventType<MatrixVersionRecorded>("matrix-version-recorded");
            MatrixSchema.AddTables(options);
            options.Listeners.Add(new SignalOnCommit(provider.GetRequiredService<CrossProcessWake>().Signal));
        });
    }

    private static void AddWakes(IServiceCollection services)
    {
        services.AddKeyedSingleton(Wakes.Pages, (provider, _) => new Wake(TimeSpan.Zero, provider.GetRequiredService<TimeProvider>()));
        // Pages come one by one and make one version each: there is nothing to gather by waiting.
        services.AddKeyedSingleton(Wakes.Versions, (provider, _) => new Wake(TimeSpan.Zero, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new CrossProcessWake(
            provider.GetRequiredService<NpgsqlDataSource>(), Wakes.Versions, provider.GetRequiredKeyedService<Wake>(Wakes.Versions),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CrossProcessWake>>()));
        services.AddHostedService(provider => provider.GetRequiredService<CrossProcessWake>());
    }
}
