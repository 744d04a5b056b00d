using AlignmentMesh.EventStore;
using AlignmentMesh.RiskScoring.Service.CheckingPaper;
using AlignmentMesh.RiskScoring.Service.ChoosingTechniques;
using AlignmentMesh.RiskScoring.Service.ComparingTechniques;
using AlignmentMesh.RiskScoring.Service.ExportingModel;
using AlignmentMesh.RiskScoring.Service.PullingMatrices;
using AlignmentMesh.RiskScoring.Service.RankingCells;
using AlignmentMesh.RiskScoring.Service.RankingFailureModes;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;
using AlignmentMesh.RiskScoring.Service.ReplayingReports;
using AlignmentMesh.RiskScoring.Service.ReportingProgress;
using AlignmentMesh.RiskScoring.Service.ScoringRisk;
using AlignmentMesh.RiskScoring.Service.ScoringUncertainty;
using AlignmentMesh.RiskScoring.Service.SimulatingRisk;
using AlignmentMesh.ServiceDefaults;
using AlignmentMesh.ServiceDefaults.Operations;

namespace AlignmentMesh.RiskScoring.Service;

/// <summary>What risk-scoring is made of, by name: the store, its consumer, its loops, and its routes.</summary>
internal static class Wiring
{
    public const string Service = "risk-scoring";

    public static void AddRiskScoring(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var connection = builder.Configuration.GetConnectionString("Postgres")
            ?? throw new InvalidOperationException("Set ConnectionStrings:Postgres to risk-scoring's own database.");
        services.AddEventStore(connection, ScoredVersions.Schema, (_, options) => ScoredVersions.Configure(options));
        services.AddSingleton<ScoredVersions>().AddSingleton<RiskMetrics>().AddSingleton<MatrixCheck>().AddTransient<RiskReader>();
        services.AddSingleton<VersionReplay, ReportReplay>().AddSingleton<AnswerRuns>().AddTransient<VersionAnswers>().AddExamples();
        builder.AddOperations(new Operated(Service, ScoredVersions.Schema, MatrixRevisedConsumer.Queue));
        foreach (var problem in RiskProblems.All) services.AddSingleton(problem);
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [Health.Readiness]);
        builder.AddPeer<MatrixClient>("MatrixAggregation");

        // In this order: what stops last is what the others hand their work to.
        services.AddSingleton<RiskScorer>().AddHostedService(provider => provider.GetRequiredService<RiskScorer>());
        builder.AddConsumingBus<MatrixRevisedConsumer>(MatrixRevisedConsumer.Queue);
        services.AddSingleton(provider => new Wake(Wake.DefaultQuiet, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MatrixPull>().AddHostedService(provider => provider.GetRequiredService<MatrixPull>());
    }

    public static void MapRiskScoring(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapReadRisk();
        api.MapReadVersions();
        api.MapChooseTechniques();
        api.MapCompareTechniques();
        api.MapRankFailureModes();
        api.MapRankCells();
        api.MapScoreUncertainty();
        api.MapCheckPaper();
        api.MapExportModel();
        api.MapSimulateRisk();
        api.MapReportProgress();
        api.MapPullMatrices();
        api.MapReplayReports();
        api.MapQueueOperations();
        api.MapOperationLog();
    }
}
