using AlignmentMesh.EventStore;
using AlignmentMesh.RatingIntake.Service.AdmittingOrganisation;
using AlignmentMesh.RatingIntake.Service.AnnouncingRestore;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.AuditingUnreleased;
using AlignmentMesh.RatingIntake.Service.ChangingAggregationPolicy;
using AlignmentMesh.RatingIntake.Service.ChangingCatalogue;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.RatingIntake.Service.CheckingLedger;
using AlignmentMesh.RatingIntake.Service.ClosingRound;
using AlignmentMesh.RatingIntake.Service.ClosingStudy;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;
using AlignmentMesh.RatingIntake.Service.ConfirmingAuditGrant;
using AlignmentMesh.RatingIntake.Service.ConfirmingRestore;
using AlignmentMesh.RatingIntake.Service.ErasingPersonalData;
using AlignmentMesh.RatingIntake.Service.ImportingRatings;
using AlignmentMesh.RatingIntake.Service.KeepingCheckpoints;
using AlignmentMesh.RatingIntake.Service.NamingRaters;
using AlignmentMesh.RatingIntake.Service.OpeningRound;
using AlignmentMesh.RatingIntake.Service.OpeningStudy;
using AlignmentMesh.RatingIntake.Service.ProposingAuditGrant;
using AlignmentMesh.RatingIntake.Service.ProvingLedger;
using AlignmentMesh.RatingIntake.Service.PublishingLedger;
using AlignmentMesh.RatingIntake.Service.ReadingAssessment;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;
using AlignmentMesh.RatingIntake.Service.ReadingRationales;
using AlignmentMesh.RatingIntake.Service.ReadingStudies;
using AlignmentMesh.RatingIntake.Service.RemovingOrganisation;
using AlignmentMesh.RatingIntake.Service.RepairingLedger;
using AlignmentMesh.RatingIntake.Service.ReportingProgress;
using AlignmentMesh.RatingIntake.Service.RevokingAuditGrant;
using AlignmentMesh.RatingIntake.Service.RewindingPublication;
using AlignmentMesh.RatingIntake.Service.SequencingLedger;
using AlignmentMesh.RatingIntake.Service.SubmittingRatings;
using AlignmentMesh.RatingIntake.Service.WatchingPositions;
using AlignmentMesh.RatingIntake.Service.WithdrawingRatings;
using AlignmentMesh.ServiceDefaults;
using AlignmentMesh.ServiceDefaults.Operations;
using JasperFx.Events.Daemon;
using Marten;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service;

/// <summary>What rating-intake is made of, by name: the store, its loops, and its routes.</summary>
internal static class Wiring
{
    public static void AddRatingIntake(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<LedgerOptions>().BindConfiguration("Ledger").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IntakeMetrics>().AddSingleton<PageKey>().AddSingleton<FreeTexts>();
        services.AddSingleton<LedgerReader>().AddSingleton<LedgerProofs>();
        services.AddSingleton<NoteKeys>().AddSingleton<CheckpointStore>().AddSingleton<ReceiptPromises>();
        services.AddSingleton<HotStudies>().AddSingleton<HotAssessments>().AddSingleton<AnswerLog>().AddSingleton<RaterRegistry>();
        services.AddSingleton<StudyWriter>().AddSingleton<ManagerNames>().AddSingleton<PersonalData>();
        services.AddSingleton<AuditAccess>().AddSingleton<UnreleasedReading>();
        services.AddSingleton<RaterDoor>().AddSingleton<RatingsImport>();
        services.AddSingleton<LedgerEnds>().AddSingleton<LedgerAppender>();
        services.AddExceptionHandler<IntakeExceptionHandler>();
        foreach (var problem in IntakeProblems.All) services.AddSingleton(problem);
        foreach (var example in IntakeExamples.All) services.AddSingleton(example);
        services.AddSingleton<IntakePositions>();
        builder.AddOperations(new Operated("rating-intake", IntakeSchema.Name, Queue: null));

        AddWake(services, Wakes.Events, Wake.DefaultQuiet);
        // Woken once a page of the sequencer, which has its own quiet time: another one would only add to the way.
        AddWake(services, Wakes.Ledger, TimeSpan.Zero);
        builder.AddStore();
        services.AddSingleton<RatingsCommitter>().AddHostedService(provider => provider.GetRequiredService<RatingsCommitter>());
        builder.AddPublishingBus();
        services.AddHostedService<LedgerPublisher>(provider => ActivatorUtilities.CreateInstance<LedgerPublisher>(
            provider, provider.GetRequiredKeyedService<Wake>(Wakes.Ledger)));
        services.AddSingleton<LedgerRepair>().AddHostedService(provider => provider.GetRequiredService<LedgerRepair>());
        services.AddSingleton<LedgerCompletenessCheck>()
            .AddHostedService(provider => provider.GetRequiredService<LedgerCompletenessCheck>());
        services.AddHostedService<ForgetAnswers>();
        services.AddSingleton<PositionWatch>().AddHostedService(provider => provider.GetRequiredService<PositionWatch>());
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", tags: [Health.Readiness])
            .AddCheck<LedgerHealth>("ledger", tags: [Health.Readiness])
            .AddCheck<CompletenessHealth>("completeness", tags: [Health.Readiness]);
    }

    public static void MapRatingIntake(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapOpenStudy();
        api.MapReadStudies();
        api.MapAdmitOrganisation();
        api.MapRemoveOrganisation();
        api.MapChangeCatalogue();
        api.MapChangeAggregationPolicy();
        api.MapOpenRound();
        api.MapCloseRound();
        api.MapCloseStudy();
        api.MapAnnounceRestore();
        api.MapConfirmRestore();
        api.MapErasePersonalData();
        api.MapSubmitRatings();
        api.MapWithdrawRatings();
        api.MapImportRatings();
        api.MapReadAssessment();
        api.MapShowRater();
        api.MapReadRationales();
        api.MapProposeAuditGrant();
        api.MapConfirmAuditGrant();
        api.MapRevokeAuditGrant();
        api.MapAuditUnreleased();
        api.MapReadLedger();
        api.MapProveLedger();
        api.MapKeepCheckpoints();
        api.MapReportProgress();
        api.MapRewindPublication();
        api.MapRepairLedger();
        api.MapReportCompleteness();
        api.MapOperationLog();
    }

    private static void AddStore(this WebApplicationBuilder builder)
    {
        var connection = builder.Configuration.GetConnectionString("Postgres")
            ?? throw new InvalidOperationException("Set ConnectionStrings:Postgres to rating-intake's own database.");
        builder.Services
            .AddEventStore(connection, IntakeSchema.Name, (provider, options) =>
            {
                options.MapLedgerEvents();
                IntakeSchema.AddTables(options);
                var wake = provider.GetRequiredKeyedService<CrossProcessWake>(Wakes.Events);
                options.Projections.Wakeup = provider.GetRequiredKeyedService<Wake>(Wakes.Events);
                options.Listeners.Add(new SignalOnCommit(wake.Signal));
            })
            .AddSubscriptionWithServices<LedgerSequencer>(ServiceLifetime.Singleton, _ => { })
            .AddAsyncDaemon(DaemonMode.HotCold);
    }

    private static void AddWake(IServiceCollection services, string name, TimeSpan quiet)
    {
        services.AddKeyedSingleton(name, (provider, _) => new Wake(quiet, provider.GetRequiredService<TimeProvider>()));
        services.AddKeyedSingleton(name, (provider, _) => new CrossProcessWake(
            provider.GetRequiredService<NpgsqlDataSource>(), name, provider.GetRequiredKeyedService<Wake>(name),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CrossProcessWake>>()));
        services.AddHostedService(provider => provider.GetRequiredKeyedService<CrossProcessWake>(name));
    }
}
